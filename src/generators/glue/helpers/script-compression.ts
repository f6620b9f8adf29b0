/** Functions by which translated scripts pack files and take entries out of archives. */
import type { Helper } from './registry.ts'

const session = 'from pyspark.sql import SparkSession'

export const scriptCompressionHelpers = {
	decompress_file: {
		imports: ['import gzip', session],
		needs: ['read_bytes', 'write_new'],
		text: `
def decompress_file(spark: SparkSession, path: str, destination: str) -> None:
    """Writes what a file of GZip holds as a file."""
    write_new(spark, destination, gzip.decompress(read_bytes(spark, path)), True)
`,
	},
	compress_file: {
		imports: ['import gzip', session],
		needs: ['read_bytes', 'write_new'],
		text: `
def compress_file(spark: SparkSession, path: str, destination: str) -> None:
    """Packs a file with GZip."""
    write_new(spark, destination, gzip.compress(read_bytes(spark, path)), True)
`,
	},
	archive_entries: {
		imports: ['import io', 'import zipfile', session],
		needs: ['read_bytes'],
		text: `
def archive_entries(spark: SparkSession, archive: str) -> list[str]:
    """What is in a zip archive, folders with a slash at their end."""
    with zipfile.ZipFile(io.BytesIO(read_bytes(spark, archive))) as held:
        return held.namelist()
`,
	},
	open_archive: {
		imports: [session],
		needs: ['archive_entries'],
		text: `
def open_archive(spark: SparkSession, archive: str) -> list[tuple[str, str]]:
    """The entries of a zip archive, each with the archive that it is in."""
    return [(archive, name) for name in archive_entries(spark, archive)]
`,
	},
	extract_entry: {
		imports: ['import io', 'import zipfile', session],
		needs: ['read_bytes', 'write_new'],
		text: `
def extract_entry(spark: SparkSession, archive: str, entry: str, path: str, overwrite: bool = False) -> None:
    """Takes one file out of a zip archive."""
    with zipfile.ZipFile(io.BytesIO(read_bytes(spark, archive))) as held:
        write_new(spark, path, held.read(entry), overwrite)
`,
	},
} as const satisfies Record<string, Helper>
