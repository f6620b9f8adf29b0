/** One breach of a rule of this project: where, and in three parts what is wrong, why it matters, what to do. */
export type Finding = {
	readonly file: string
	/** 1-based; absent when the finding is about the whole file. */
	readonly line?: number
	readonly what: string
	readonly why: string
	readonly remedy: string
}

/** A source file as the rules see it: its path below the project's root, with `/`, and its text. */
export type SourceFile = {
	readonly path: string
	readonly text: string
}

/** Prints findings for a terminal, in the order of files and lines. */
export function renderFindings(findings: readonly Finding[]): string {
	return findings
		.toSorted((a, b) => compareText(a.file, b.file) || (a.line ?? 0) - (b.line ?? 0))
		.map(({ file, line, what, why, remedy }) => {
			const place = line === undefined ? file : `${file}:${line}`
			return `${place}\n  ${what}\n  Why: ${why}\n  Do: ${remedy}\n`
		})
		.join('\n')
}

function compareText(a: string, b: string): number {
	if (a === b) return 0
	return a < b ? -1 : 1
}
