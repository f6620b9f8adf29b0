/** Functions by which translated scripts make files and see whether they can be had, and by which jobs work on archives. */
import type { Helper } from './registry.ts'

const session = 'from pyspark.sql import SparkSession'

export const scriptArchiveHelpers = {
	write_new: {
		imports: [session],
		needs: ['file_system'],
		text: `
def write_new(spark: SparkSession, path: str, content: bytes, overwrite: bool) -> None:
    """Writes a whole file."""
    system, place = file_system(spark, path)
    if not overwrite and system.exists(place):
        raise FileExistsError(f"{path} is there already")
    stream = system.create(place, True)
    try:
        stream.write(bytearray(content))
    finally:
        stream.close()
`,
	},
	create_file: {
		imports: [session],
		needs: ['write_new'],
		text: `
def create_file(spark: SparkSession, path: str) -> str:
    """Makes a file with nothing in it, also in the place of one that is there."""
    write_new(spark, path, b"", True)
    return path
`,
	},
	open_file: {
		imports: [session],
		needs: ['path_exists'],
		text: `
def open_file(spark: SparkSession, path: str) -> str:
    """A file that must be there; nothing locks it."""
    if not path_exists(spark, path):
        raise FileNotFoundError(f"Could not find file '{path}'.")
    return path
`,
	},
	extract_archive: {
		imports: ['import io', 'import re', 'import zipfile', session],
		needs: ['read_bytes', 'write_new'],
		text: `
def extract_archive(
    spark: SparkSession, archive: str, folder: str, overwrite: bool = False, flat: bool = False
) -> None:
    """Takes all files out of a zip archive, with their folders or all into one. A file that leaves the folder is refused."""
    with zipfile.ZipFile(io.BytesIO(read_bytes(spark, archive))) as held:
        for entry in held.infolist():
            if entry.is_dir():
                continue
            if ".." in re.split(r"[\\\\/]", entry.filename) or entry.filename.startswith("/"):
                raise OSError(f"{entry.filename} of {archive} leads out of the folder")
            name = re.split(r"[\\\\/]", entry.filename)[-1] if flat else entry.filename
            write_new(spark, f"{folder.rstrip('/')}/{name}", held.read(entry), overwrite)
`,
	},
	archive_folder: {
		imports: ['import io', 'import zipfile', session],
		needs: ['file_system', 'files_below', 'read_bytes', 'write_new'],
		text: `
def archive_folder(spark: SparkSession, folder: str, archive: str) -> None:
    """Puts the files of a folder, and of those below it, into a new zip archive."""
    system, place = file_system(spark, folder)
    if not system.exists(place):
        raise FileNotFoundError(f"{folder} is not there")
    root = place.toUri().getPath().rstrip("/") + "/"
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as held:
        for path in sorted(files_below(spark, folder, True)):
            held.writestr(path.partition(root)[2], read_bytes(spark, path))
    write_new(spark, archive, content.getvalue(), False)
`,
	},
	pack_archive: {
		imports: ['import io', 'import zipfile', session],
		needs: ['file_system', 'files_below', 'list_files', 'read_bytes', 'write_new'],
		text: `
def pack_archive(spark: SparkSession, path: str, archive: str, existing: str) -> None:
    """Puts a file, a folder or what fits a pattern into a zip archive: a new one, or one that is added to."""
    before, _, name = path.rstrip("/\\\\").replace("\\\\", "/").rpartition("/")
    if "*" in name or "?" in name:
        found = files_below(spark, before, True) if name == "*" else list_files(spark, before, name)
    else:
        system, place = file_system(spark, path)
        if not system.exists(place):
            raise FileNotFoundError(f"{path} is not there")
        found = files_below(spark, path, True) if system.getFileStatus(place).isDirectory() else [path]
    if not found:
        raise FileNotFoundError(f"{path} has nothing to pack")
    start = file_system(spark, before)[1].toUri().getPath().rstrip("/") + "/"
    packed = {file_system(spark, one)[1].toUri().getPath().partition(start)[2]: one for one in sorted(found)}
    other, target = file_system(spark, archive)
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as held:
        if existing == "add" and other.exists(target):
            with zipfile.ZipFile(io.BytesIO(read_bytes(spark, archive))) as old:
                for entry in old.infolist():
                    if entry.filename not in packed:
                        held.writestr(entry, old.read(entry))
        for entry_name, one in packed.items():
            held.writestr(entry_name, read_bytes(spark, one))
    write_new(spark, archive, content.getvalue(), existing != "refuse")
`,
	},
} as const satisfies Record<string, Helper>
