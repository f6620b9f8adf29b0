/** Zip archives as whole files. */
import type { SourcedExpression } from './expressions.ts'

/** What a task does that takes files out of an archive, or puts files into one. The plan relocates both paths. */
export type ArchiveWork = ExtractWork | PackWork

interface ExtractWork {
	readonly kind: 'extract-archive'
	/** The archive. */
	readonly source: SourcedExpression
	/** The folder. */
	readonly destination: SourcedExpression
	/** All files come into the one folder, whatever folders they have in the archive. */
	readonly flat: boolean
	/** What stands there is replaced; otherwise the task fails. */
	readonly overwrite: boolean
}

interface PackWork {
	readonly kind: 'pack-archive'
	/** A file, a folder, which is packed under its name, or what fits a pattern in a folder. */
	readonly source: SourcedExpression
	/** The archive. */
	readonly destination: SourcedExpression
	/** What happens where there is an archive of that name already: one that is added to keeps what it has besides. */
	readonly existing: 'refuse' | 'replace' | 'add'
}
