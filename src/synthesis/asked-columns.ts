/** Columns that scripts ask the rows of an answer for, by name or by place, and what they read out of them. */
import type { ScriptExpression, ScriptProgram } from '#model/scripts.ts'
import { visitProgram } from '#model/scripts.ts'
import type { Value } from '#model/values.ts'
import { makeTimestamp } from '#model/values.ts'

export interface AskedColumns {
	readonly names: readonly string[]
	/** As many as the highest place needs. */
	readonly width: number
	/** What a cell of that column holds; whole numbers where nothing else is read out of it. */
	value(name: string, turn: number): Value
}

const ofCells = /^(?:Reader|DataRow)\.(?:Named|Item|GetValue|GetString|IsDBNull|IsNull\(\w+\))$/
const dayInMicros = 86_400_000_000n

export function askedColumns(programs: readonly ScriptProgram[]): AskedColumns {
	const names = new Map<string, string>()
	const moments = new Set<string>()
	const truths = new Set<string>()
	let width = 0
	for (const program of programs) {
		visitProgram(program, (part) => {
			const which = asked(part)
			if (typeof which === 'string') names.set(which.toLowerCase(), names.get(which.toLowerCase()) ?? which)
			if (typeof which === 'bigint') width = Math.max(width, Number(which) + 1)
			const [text] = part.kind === 'call' ? part.args : []
			const read = text?.kind === 'call' && text.operation === 'Cell.Text' ? asked(text.args[0]) : undefined
			if (typeof read !== 'string' || part.kind !== 'call') return
			if (part.operation === 'DateTime.Parse') moments.add(read.toLowerCase())
			if (part.operation === 'Parse.Boolean') truths.add(read.toLowerCase())
		})
	}
	return {
		names: [...names.values()],
		width,
		value: (name, turn) => {
			if (moments.has(name.toLowerCase())) return makeTimestamp(BigInt(19_782 + turn) * dayInMicros)
			return truths.has(name.toLowerCase()) ? turn % 2 === 0 : BigInt(turn + 1)
		},
	}
}

/** The literal by which an expression picks a cell. */
function asked(part: ScriptExpression | undefined): Value | undefined {
	if (part?.kind !== 'call' || !ofCells.test(part.operation)) return undefined
	const [, which] = part.args
	return which?.kind === 'literal' ? which.value : undefined
}

/** Names of as many columns as are asked for. */
export function namesFor({ names, width }: AskedColumns, atLeast: number): readonly string[] {
	const count = Math.max(names.length, width, atLeast)
	return Array.from({ length: count }, (_none, at) => names[at] ?? `c${at}`)
}
