/** The table of jobs in a pull request's text, read back: `pull-request.ts` writes it. */

export interface ListedJob {
	readonly name: string
	/** `AUTO`, perhaps with `(predicted)`. */
	readonly category: string
	/** A level such as `E3`, or `not run`. */
	readonly evidence: string
}

/** Empty where people have edited the table away. */
export function listedJobs(body: string): readonly ListedJob[] {
	const lines = body.replace(/\r\n/g, '\n').split('\n')
	const head = lines.findIndex((line) => line.startsWith('| Job | Category | Evidence |'))
	if (head < 0) return []
	const rows = lines.slice(head + 2)
	const end = rows.findIndex((line) => !line.startsWith('|'))
	return rows.slice(0, end < 0 ? undefined : end).map((row) => {
		const [, name = '', category = '', evidence = ''] = row.split(/(?<!\\)\|/).map((cell) => cell.trim())
		return { name: plain(name), category, evidence }
	})
}

/** Inline code as the text that it shows. */
function plain(cell: string): string {
	const match = /^(`+)(.*)\1$/s.exec(cell)
	const inside = match?.[2] ?? cell
	const text = inside.startsWith(' `') || inside.endsWith('` ') ? inside.slice(1, -1) : inside
	return text.replaceAll('\\|', '|')
}
