/** Functions by which translated scripts make files, see whether they can be had, and work on archives. */
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
def extract_archive(spark: SparkSession, archive: str, folder: str) -> None:
    """Takes all files out of a zip archive. A file that is there already, and one that leaves the folder, is refused."""
    with zipfile.ZipFile(io.BytesIO(read_bytes(spark, archive))) as held:
        for entry in held.infolist():
            if entry.is_dir():
                continue
            if ".." in re.split(r"[\\\\/]", entry.filename) or entry.filename.startswith("/"):
                raise OSError(f"{entry.filename} of {archive} leads out of the folder")
            write_new(spark, f"{folder.rstrip('/')}/{entry.filename}", held.read(entry), False)
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
} as const satisfies Record<string, Helper>
