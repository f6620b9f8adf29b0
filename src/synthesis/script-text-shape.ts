/** How a script takes a text apart: into fields between separators, or at fixed places, and what each is read as. */
import type { ScriptExpression, ScriptProgram } from '#model/scripts.ts'
import { scriptTypeKey, visitProgram, visitStatements } from '#model/scripts.ts'

type Call = Extract<ScriptExpression, { kind: 'call' }>

const mostFields = 64

export interface TextShape {
	readonly separator: string
	/** What each field is read as. */
	readonly fields: readonly Field[]
	/** Fixed places in a line, where it is no list of fields. */
	readonly slices: readonly Slice[]
	/** What texts are compared with, and the field that is, where it is one. */
	readonly compared: readonly { readonly text: string; readonly field?: number }[]
}

export interface Field {
	readonly kind: 'whole' | 'number' | 'moment' | 'truth' | 'text'
	/** Format of a moment. */
	readonly format?: string
}

interface Slice {
	readonly start: number
	readonly length: number
	readonly field: Field
}

/** Finds out of the program how it takes a text apart. */
export function textShape(program: ScriptProgram): TextShape {
	const calls: Call[] = []
	visitProgram(program, (one) => one.kind === 'call' && calls.push(one))
	const held = valuesOf(program)
	const separator = calls.map((call) => separatorOf(call, held)).find((one) => one !== undefined) ?? ''
	const parts = new Parts()
	for (const call of calls) {
		const [text] = call.args
		parts.see(partOf(call, held, 0), { kind: 'text' })
		const field = readAs(call)
		if (field !== undefined && text !== undefined) parts.see(partOf(text, held, 0), field)
	}
	const counts = calls.flatMap((call) => countCompared(call, held))
	const fields = parts.fields(separator === '' ? 0 : Math.max(0, ...counts))
	return {
		separator,
		fields: fields.length > 0 ? fields : [{ kind: wholeText(calls, held) }],
		slices: separator === '' ? parts.slices : [],
		compared: calls.flatMap((call) => textCompared(call, held)),
	}
}

/** Parts of lines that were met, with what they are read as. */
class Parts {
	readonly #fields = new Map<number, Field>()
	readonly #slices = new Map<number, Slice>()

	see(part: Part | undefined, field: Field): void {
		if (part === undefined) return
		const before = part.kind === 'field' ? this.#fields.get(part.at) : this.#slices.get(part.start)?.field
		if (before !== undefined && before.kind !== 'text') return
		if (part.kind === 'slice') this.#slices.set(part.start, { start: part.start, length: part.length, field })
		else if (part.at < mostFields) this.#fields.set(part.at, field)
	}

	/** @param least how many there are at least */
	fields(least: number): readonly Field[] {
		const length = Math.min(mostFields, Math.max(least, ...[...this.#fields.keys()].map((at) => at + 1)))
		return Array.from({ length: Math.max(0, length) }, (_none, at) => this.#fields.get(at) ?? { kind: 'text' })
	}

	get slices(): readonly Slice[] {
		return [...this.#slices.values()]
	}
}

/** `line.StartsWith("H")`, `parts[0] == "x"`: the text, and the field that is compared with it. */
function textCompared(call: Call, held: Held): TextShape['compared'] {
	if (!isComparison(call.operation)) return []
	return sidesOf(call).flatMap(({ value, literal }) => {
		if (typeof literal !== 'string' || literal === '') return []
		const part = partOf(value, held, 0)
		return [{ text: literal, ...(part?.kind === 'field' ? { field: part.at } : {}) }]
	})
}

/** `parts.Length < 4`. */
function countCompared(call: Call, held: Held): readonly number[] {
	if (!call.operation.startsWith('Compare.')) return []
	return sidesOf(call).flatMap(({ value, literal }) =>
		typeof literal === 'bigint' && isCount(value, held) ? [Number(literal)] : [],
	)
}

/** A value and the literal beside it. */
function sidesOf({ args: [left, right] }: Call) {
	const side = (value: ScriptExpression | undefined, other: ScriptExpression | undefined) =>
		value !== undefined && other?.kind === 'literal' ? [{ value, literal: other.value }] : []
	return [...side(left, right), ...side(right, left)]
}

/** A text that is no list of fields, by what is read from it. */
function wholeText(calls: readonly Call[], held: Held): Field['kind'] {
	const read = calls.filter(({ args: [text] }) => text !== undefined && isOfLine(text, held)).map(readAs)
	return read.find((field) => field !== undefined)?.kind ?? 'text'
}

const isOfLine = (value: ScriptExpression, held: Held): boolean =>
	scriptTypeKey(value.type) === 'string' && value.kind !== 'literal' && partOf(value, held, 0) === undefined

type Held = ReadonlyMap<string, readonly ScriptExpression[]>

/** What is assigned to each local and field; items of loops by the list that they come from. */
function valuesOf({ fields, methods }: ScriptProgram): Held {
	const held = new Map<string, ScriptExpression[]>()
	const note = (name: string, value: ScriptExpression): void => void held.set(name, [...(held.get(name) ?? []), value])
	for (const { name, initial } of fields) note(name, initial)
	for (const { body } of methods) {
		visitStatements(body, (one) => {
			if (one.kind === 'set' && (one.target.kind === 'local' || one.target.kind === 'field'))
				note(one.target.name, one.value)
		})
	}
	return held
}

type Part =
	| { readonly kind: 'field'; readonly at: number }
	| { readonly kind: 'slice'; readonly start: number; readonly length: number }

const keepsText = /^(?:String\.(?:Trim|TrimStart|TrimEnd|ToUpper|ToLower|Replace)|Vb\.[lr]?trim)/
const mostSteps = 6

/** The part of a line that a value is, through locals and what only tidies a text. */
function partOf(value: ScriptExpression, held: Held, depth: number): Part | undefined {
	if (depth > mostSteps) return undefined
	if (value.kind === 'local' || value.kind === 'field')
		return (held.get(value.name) ?? []).map((one) => partOf(one, held, depth + 1)).find((one) => one !== undefined)
	if (value.kind !== 'call') return undefined
	const [first, start, length] = value.args
	if (first === undefined) return undefined
	if (keepsText.test(value.operation)) return partOf(first, held, depth + 1)
	const at = start?.kind === 'literal' && typeof start.value === 'bigint' ? Number(start.value) : undefined
	if (at === undefined) return undefined
	if (value.operation === 'List.Item') return isSplit(first, held) ? { kind: 'field', at } : undefined
	if (!value.operation.startsWith('String.Substring') && value.operation !== 'Vb.mid') return undefined
	const size = length?.kind === 'literal' && typeof length.value === 'bigint' ? Number(length.value) : 1
	return { kind: 'slice', start: value.operation === 'Vb.mid' ? at - 1 : at, length: size }
}

const isSplit = (value: ScriptExpression, held: Held): boolean =>
	value.kind === 'call'
		? separatorOf(value, held) !== undefined
		: (value.kind === 'local' || value.kind === 'field') &&
			(held.get(value.name) ?? []).some((one) => one.kind === 'call' && separatorOf(one, held) !== undefined)

/** The first separator of `Split`, through locals and `ToCharArray`; where none is told, white space. */
function separatorOf({ operation, args: [, given] }: Call, held: Held): string | undefined {
	if (!operation.startsWith('String.Split')) return undefined
	return (given === undefined ? undefined : firstCharacter(given, held, 0)) ?? ' '
}

function firstCharacter(value: ScriptExpression, held: Held, depth: number): string | undefined {
	if (depth > mostSteps) return undefined
	const inner = (one: ScriptExpression | undefined): string | undefined =>
		one === undefined ? undefined : firstCharacter(one, held, depth + 1)
	switch (value.kind) {
		case 'literal':
			return typeof value.value === 'string' ? value.value.slice(0, 1) : undefined
		case 'list':
			return inner(value.items[0])
		case 'call':
			return inner(value.args[0])
		case 'local':
		case 'field':
			return (held.get(value.name) ?? []).map(inner).find((one) => one !== undefined)
		default:
			return undefined
	}
}

const isCount = (value: ScriptExpression, held: Held): boolean =>
	value.kind === 'call' &&
	/^List\.(?:Length|Count)$/.test(value.operation) &&
	value.args[0] !== undefined &&
	isSplit(value.args[0], held)

const isComparison = (operation: string): boolean =>
	/^Compare\.(?:Not)?Equal$|^String\.(?:StartsWith|EndsWith|Contains|Equals|IndexOf)/.test(operation)

/** What a call reads its first argument as. */
function readAs({ operation, args }: Call): Field | undefined {
	if (/^(?:Try)?Parse\.Int$/.test(operation)) return { kind: 'whole' }
	if (/^(?:Try)?Parse\.(?:Decimal|Double)$/.test(operation)) return { kind: 'number' }
	if (/^(?:Try)?Parse\.Boolean$/.test(operation)) return { kind: 'truth' }
	if (!/^DateTime\.(?:Try)?Parse/.test(operation)) return undefined
	const [, pattern] = args
	return pattern?.kind === 'literal' && typeof pattern.value === 'string'
		? { kind: 'moment', format: pattern.value }
		: { kind: 'moment' }
}
