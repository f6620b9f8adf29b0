import type { Helper } from './registry.ts'

const session = 'from pyspark.sql import SparkSession'

/** A command on the files of a folder that fit a pattern. `more`: its own parameters; `each`: what it does to a file. */
function command(name: string, what: string, more: string, each: string | undefined, needs: readonly string[]): Helper {
	const files = 'files_that_fit(spark, parts, whole, older_than_days, needs_file)'
	const body = each === undefined ? `    ${files}` : `    for path in ${files}:\n        ${each}`
	return {
		imports: [session],
		needs: ['files_that_fit', ...needs],
		text: `
def ${name}(
    spark: SparkSession,
    parts: list[str],${more}
    whole: bool = False,
    older_than_days: int | None = None,
    needs_file: bool = False,
) -> None:
    """${what}"""
${body}
`,
	}
}

const destination = '\n    destination: str,'

/** Patterns of commands, as the texts between their asterisks: values in them are no patterns themselves. */
export const patternHelpers = {
	last_change: {
		imports: ['from typing import Any'],
		needs: [],
		text: `
def last_change(system: Any, status: Any) -> float:
    """When a file was changed, or the youngest file of a folder, in seconds."""
    if status.isFile():
        return status.getModificationTime() / 1000
    found, changed = system.listFiles(status.getPath(), True), 0.0
    while found.hasNext():
        changed = max(changed, found.next().getModificationTime() / 1000)
    return changed
`,
	},
	files_that_fit: {
		imports: ['import re', 'import time', session],
		needs: ['file_system', 'last_change'],
		text: `
def files_that_fit(
    spark: SparkSession, parts: list[str], whole: bool, older_than_days: int | None, needs_file: bool
) -> list[str]:
    """Paths that begin with the first text, end with the last and have the others between them in their order."""
    folder, slash, first = parts[0].replace("\\\\", "/").rpartition("/")
    system, place = file_system(spark, folder + slash or ".")
    hidden = r"(?!\\.)" if first == "" and len(parts) > 1 else ""
    name = hidden + "[^/]*".join(re.escape(part) for part in [first, *parts[1:]])
    entries = system.listStatus(place) if system.exists(place) else []
    fitting = [one for one in entries if re.fullmatch(name, one.getPath().getName(), re.DOTALL)]
    found = [one for one in fitting if whole or one.isFile()]
    if needs_file and not found:
        raise FileNotFoundError(f"no file fits {'*'.join(parts)}")
    if older_than_days is not None:
        found = [one for one in found if (time.time() - last_change(system, one)) // 86400 > older_than_days]
    return sorted(one.getPath().toString() for one in found)
`,
	},
	find_files: command('find_files', 'Looks whether files are there.', '', undefined, []),
	delete_files: command('delete_files', 'Deletes files.', '', 'delete_path(spark, path)', ['delete_path']),
	copy_files: command(
		'copy_files',
		'Copies files into a folder.',
		destination,
		'copy_path(spark, path, destination, overwrite=True, into=True, move=False)',
		['copy_path'],
	),
	move_files: command(
		'move_files',
		'Moves files into a folder.',
		destination,
		'copy_path(spark, path, destination, overwrite=True, into=True, move=True)',
		['copy_path'],
	),
	delete_path: {
		imports: [session],
		needs: ['file_system'],
		text: `
def delete_path(spark: SparkSession, path: str) -> None:
    """Deletes a file, or a folder with all that is in it."""
    system, place = file_system(spark, path)
    system.delete(place, True)
`,
	},
} as const satisfies Record<string, Helper>
