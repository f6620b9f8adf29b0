/**
 * Texts of files that scripts read: lines of fields that the script can take apart, found from how it does. What a field is
 * read as says what stands in it; what a text is compared with stands in a line of its own. The reference then tells which
 * lines the script can read, and which of them take it to other branches.
 */
import { scriptOperation } from '#languages/dotnet/catalogue.ts'
import { formatMoment } from '#languages/dotnet/operations/moment-text.ts'
import type { DataFlow, ScriptOperator } from '#model/operators.ts'
import type { ScriptProgram } from '#model/scripts.ts'
import { visitProgram } from '#model/scripts.ts'
import { makeTimestamp } from '#model/values.ts'
import type { FlowRequest } from '#reference/context.ts'
import { interpretFlow } from '#reference/flow.ts'
import type { Contents } from './script-answers.ts'
import { makeScriptAnswers, ordinaryWorld, scriptsOfFlows } from './script-answers.ts'
import type { Field, TextShape } from './script-text-shape.ts'
import { textShape } from './script-text-shape.ts'
import { sourceData, sourcesOf } from './sources.ts'

type Facts = Pick<FlowRequest, 'parameters' | 'variables' | 'run'>

/** Lines that a text has at most, each because it takes another branch. */
const mostLines = 24

/** What the files hold that scripts of the flow read. */
export function contentsFor(flow: DataFlow, facts: Facts): Contents {
	const readers = flow.operators.filter((one) => one.kind === 'script' && readsText(one.program))
	let contents: Contents = new Map(
		readers.flatMap((one) =>
			one.kind === 'script' ? [[one.id, linesOf(textShape(one.program)).slice(0, 3).join('\n')]] : [],
		),
	)
	for (const operator of readers) {
		if (operator.kind === 'script' && !operator.hasInput) contents = grown(operator, flow, contents, facts)
	}
	return contents
}

function readsText(program: ScriptProgram): boolean {
	let found = false
	visitProgram(program, (part) => {
		if (
			part.kind === 'call' &&
			/^(?:read_text|http_get|http_request)$/.test(scriptOperation(part.operation).helper ?? '')
		)
			found = true
	})
	return found
}

/** Lines one after another, as far as the script comes to its end with them; after the first ones those that take new branches. */
function grown(operator: ScriptOperator, flow: DataFlow, start: Contents, facts: Facts): Contents {
	const inputs = new Map(sourcesOf(flow).map((source) => [source.id, sourceData(source, [])]))
	const taken = (lines: readonly string[]): number => {
		const contents = new Map([...start, [operator.id, lines.join('\n')]])
		const outside = makeScriptAnswers(scriptsOfFlows([flow]), { ...ordinaryWorld, contents })
		const { branches, failure } = interpretFlow(flow, { ...facts, inputs, outside })
		return failure === undefined ? branches.filter(({ count }) => count > 0).length : -1
	}
	let lines: readonly string[] = []
	let best = taken(lines)
	for (const [index, line] of linesOf(textShape(operator.program)).entries()) {
		if (lines.length >= mostLines) break
		const more = [...lines, line]
		const count = taken(more)
		if (count < 0 || (index >= ordinaryLines && count <= best)) continue
		lines = more
		best = count
	}
	return new Map([...start, [operator.id, lines.join('\n')]])
}

const samples: Readonly<Record<Field['kind'], readonly string[]>> = {
	whole: ['7', '12', '365'],
	number: ['1.5', '20', '0.25'],
	moment: ['2024-02-29', '1999-12-31', '2000-01-01'],
	truth: ['true', 'False', 'true'],
	text: ['a', 'B c', 'x1'],
}
const ordinaryLines = 3

function sample({ kind, format }: Field, turn: number): string {
	if (format === undefined) return samples[kind][turn] ?? ''
	const days = [19_782n, 10_956n, 10_957n][turn] ?? 0n
	return formatMoment(makeTimestamp(days * 86_400_000_000n), format)
}

/** Ordinary lines first, then those with something odd. */
function linesOf({ separator, fields, slices, compared }: TextShape): readonly string[] {
	const plain = (turn: number): string =>
		slices.length > 0 ? slicedLine(slices, turn) : fields.map((field) => sample(field, turn)).join(separator)
	const cells = fields.map((field) => sample(field, 0))
	const withCell = (at: number, text: string): string => cells.with(at, text).join(separator)
	return [
		...Array.from({ length: ordinaryLines }, (_none, turn) => plain(turn)),
		...compared.flatMap(({ text, field }) =>
			field !== undefined && field < cells.length
				? [withCell(field, text)]
				: [text, `${text}${plain(0)}`, `${plain(0)}${text}`],
		),
		'',
		' ',
		cells.slice(0, -1).join(separator),
		...cells.map((_cell, at) => withCell(at, '')),
		...fields.flatMap(({ kind }, at) => (kind === 'text' ? [] : [withCell(at, 'x')])),
		...fields.flatMap(({ kind }, at) =>
			kind === 'whole' || kind === 'number' ? [withCell(at, '-1'), withCell(at, '1000000')] : [],
		),
		plain(0),
	]
}

function slicedLine(slices: TextShape['slices'], turn: number): string {
	const end = Math.max(...slices.map(({ start, length }) => start + length))
	let line = ' '.repeat(end)
	for (const { start, length, field } of slices) {
		const text = sample(field, turn)
		const cell = field.kind === 'text' ? text.padEnd(length) : text.padStart(length)
		line = `${line.slice(0, start)}${cell.slice(0, length)}${line.slice(start + length)}`
	}
	return line
}
