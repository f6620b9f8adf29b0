import type { Helper } from './registry.ts'

const session = 'from pyspark.sql import SparkSession'
const any = 'from typing import Any'

/** Files through Hadoop, which knows S3 as well as a local folder. */
export const fileHelpers = {
	file_system: {
		imports: [any, session],
		needs: [],
		text: `
def file_system(spark: SparkSession, path: str) -> tuple[Any, Any]:
    """Hadoop's file system of a path, and the path as it knows it."""
    place = spark._jvm.org.apache.hadoop.fs.Path(path)
    return place.getFileSystem(spark._jsc.hadoopConfiguration()), place
`,
	},
	relocated: {
		imports: ['import re'],
		needs: [],
		text: `
def relocated(path: str, places: dict[str, str]) -> str:
    """A path of the old job as it is now. Drives and folders of Windows come with either slash, in either case."""
    plain = path.replace("\\\\", "/")
    for old, new in sorted(places.items(), key=lambda place: -len(place[0])):
        start = old.replace("\\\\", "/").rstrip("/")
        head, rest = plain[: len(start)], plain[len(start) :]
        same = head.lower() == start.lower() if re.match("[a-zA-Z]:", start) else head == start
        if same and rest[:1] in ("", "/"):
            return new.rstrip("/") + rest
    return path
`,
	},
	files_below: {
		imports: [session],
		needs: ['file_system'],
		text: `
def files_below(spark: SparkSession, folder: str, recurse: bool) -> list[str]:
    """Paths of the files in a folder, and in those below it."""
    system, place = file_system(spark, folder)
    if not system.exists(place):
        return []
    found, files = system.listFiles(place, recurse), []
    while found.hasNext():
        path = found.next().getPath()
        files.append(path.toUri().getPath() if path.toUri().getScheme() == "file" else path.toString())
    return files
`,
	},
	list_files: {
		imports: ['import re', session],
		needs: ['files_below'],
		text: `
def list_files(
    spark: SparkSession,
    folder: str,
    pattern: str,
    recurse: bool = False,
    retrieve: str = "path",
    needs_file: bool = False,
) -> list[str]:
    """Files whose names fit a pattern with * and ?, whatever the letter case, in the order of their names."""
    body = re.escape("*" if pattern in ("", "*.*") else pattern).replace(r"\\*", ".*").replace(r"\\?", ".")
    parts = [path.rpartition("/") for path in files_below(spark, folder, recurse)]
    fitting = [part for part in parts if re.fullmatch(body, part[2], re.IGNORECASE | re.DOTALL)]
    if needs_file and not fitting:
        raise FileNotFoundError(f"no file of {folder} fits {pattern}")
    names = sorted(fitting, key=lambda part: (part[0].lower(), part[2].lower()))
    if retrieve == "path":
        return ["".join(part) for part in names]
    return [re.sub(r"(?<=.)\\.[^.]*$", "", part[2]) if retrieve == "name" else part[2] for part in names]
`,
	},
	read_bytes: {
		imports: [session],
		needs: [],
		text: `
def read_bytes(spark: SparkSession, path: str) -> bytes:
    """A whole file. Spark gives no row for one with nothing in it."""
    file = spark.read.format("binaryFile").load(path).first()
    return bytes(file["content"]) if file else b""
`,
	},
	copy_path: {
		imports: [session],
		needs: ['file_system'],
		text: `
def copy_path(spark: SparkSession, path: str, destination: str, overwrite: bool, into: bool, move: bool) -> None:
    """Copies or moves a file or folder to a path, or into a folder."""
    system, source = file_system(spark, path)
    other, target = file_system(spark, destination)
    if not system.exists(source):
        raise FileNotFoundError(f"{path} is not there")
    if into or (other.exists(target) and other.getFileStatus(target).isDirectory()):
        target = spark._jvm.org.apache.hadoop.fs.Path(target, source.getName())
    if other.exists(target):
        if not overwrite:
            raise FileExistsError(f"{target.toString()} is there already")
        other.delete(target, True)
    settings = spark._jsc.hadoopConfiguration()
    spark._jvm.org.apache.hadoop.fs.FileUtil.copy(system, source, other, target, move, settings)
`,
	},
	copy_file: {
		imports: [session],
		needs: ['copy_path'],
		text: `
def copy_file(spark: SparkSession, path: str, destination: str, overwrite: bool = False, into: bool = False) -> None:
    """Copies a file to a path, or into a folder."""
    copy_path(spark, path, destination, overwrite, into, move=False)
`,
	},
	move_file: {
		imports: [session],
		needs: ['copy_path'],
		text: `
def move_file(spark: SparkSession, path: str, destination: str, overwrite: bool = False, into: bool = False) -> None:
    """Moves a file to a path, or into a folder."""
    copy_path(spark, path, destination, overwrite, into, move=True)
`,
	},
	rename_file: {
		imports: [session],
		needs: ['copy_path'],
		text: `
def rename_file(spark: SparkSession, path: str, destination: str, overwrite: bool = False, into: bool = False) -> None:
    """Gives a file another path."""
    copy_path(spark, path, destination, overwrite, into, move=True)
`,
	},
	copy_folder: {
		imports: [session],
		needs: ['copy_path'],
		text: `
def copy_folder(spark: SparkSession, path: str, destination: str, overwrite: bool = False, into: bool = False) -> None:
    """Copies a folder with all that is in it."""
    copy_path(spark, path, destination, overwrite, into, move=False)
`,
	},
	move_folder: {
		imports: [session],
		needs: ['copy_path'],
		text: `
def move_folder(spark: SparkSession, path: str, destination: str, overwrite: bool = False, into: bool = False) -> None:
    """Moves a folder with all that is in it."""
    copy_path(spark, path, destination, overwrite, into, move=True)
`,
	},
	delete_file: {
		imports: [session],
		needs: ['file_system'],
		text: `
def delete_file(spark: SparkSession, path: str) -> None:
    """Deletes a file, which has to be there."""
    system, place = file_system(spark, path)
    if not system.delete(place, False):
        raise FileNotFoundError(f"{path} is not there")
`,
	},
	create_folder: {
		imports: [session],
		needs: ['file_system'],
		text: `
def create_folder(spark: SparkSession, path: str, may_exist: bool = False) -> None:
    """Makes a folder. Object stores have none until something is in them."""
    system, place = file_system(spark, path)
    if system.exists(place) and not may_exist:
        raise FileExistsError(f"{path} is there already")
    system.mkdirs(place)
`,
	},
	delete_folder: {
		imports: [session],
		needs: ['file_system'],
		text: `
def delete_folder(spark: SparkSession, path: str) -> None:
    """Deletes a folder with all that is in it."""
    system, place = file_system(spark, path)
    system.delete(place, True)
`,
	},
	empty_folder: {
		imports: [session],
		needs: ['file_system'],
		text: `
def empty_folder(spark: SparkSession, path: str) -> None:
    """Deletes what is in a folder, and keeps the folder."""
    system, place = file_system(spark, path)
    for entry in system.listStatus(place) if system.exists(place) else []:
        system.delete(entry.getPath(), True)
`,
	},
	wait_for_file: {
		imports: ['import time', session],
		needs: ['file_system'],
		text: `
def wait_for_file(
    spark: SparkSession, path: str, until: str = "appears", timeout_seconds: int | None = None
) -> None:
    """Waits until a file is there, or gone."""
    system, place = file_system(spark, path)
    started = time.monotonic()
    while system.exists(place) != (until == "appears"):
        if timeout_seconds is not None and time.monotonic() - started > timeout_seconds:
            raise TimeoutError(f"waited {timeout_seconds} seconds for {path}")
        time.sleep(10)
`,
	},
} as const satisfies Record<string, Helper>
