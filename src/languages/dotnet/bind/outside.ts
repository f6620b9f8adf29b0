/** What a script does that is not understood: its first such construct, with the line. */
export class Outside extends Error {
	override readonly name = 'Outside'
	readonly what: string
	readonly line: number
	/** The file, where it is not that of the class which the runtime calls. */
	file?: string

	constructor(what: string, line: number) {
		super(`line ${line}: ${what}`)
		this.what = what
		this.line = line
	}
}

export function outside(what: string, { line }: { readonly line: number }): never {
	throw new Outside(what, line)
}
