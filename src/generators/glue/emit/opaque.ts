import { pyString } from '#languages/python.ts'
import type { Node } from '../../text/tree.ts'
import { indent } from '../../text/tree.ts'
import type { Emitter } from './context.ts'

/** Something that was not understood: the step says so and ends the run, with the original beside it. */
export const opaque: Emitter<'opaque'> = (operator, context) => {
	const ports = context.linkedPorts(operator)
	const frames = ports.map((port) => {
		const name = context.variable(operator, port)
		context.give(operator, port, { name, order: [], isSorted: false })
		return name
	})
	const message = pyString(context.message(operator, notTranslated(operator)))
	const inputs = context.inputs(operator).map(({ name }) => name)
	const call = `${context.use('not_translated')}(${[message, ...inputs].join(', ')})`
	const original = operator.text.trim() === '' ? [] : ['# As the export holds it:', ...comment(operator.text)]
	if (frames.length === 0) return [...original, call]
	return [...original, ...frames.map((name) => `${name} = ${call}`)]
}

const most = { lines: 12, width: 90 }

/** Lines of a comment, the first few of a text; nothing in it can end a comment but a line break. */
export function comment(text: string): readonly string[] {
	const lines = text.split(/\r\n|[\n\r\v\f\u0085\u2028\u2029]/).map((line) => {
		const plain = Array.from(docTextOf(line))
		return `#   ${plain.length > most.width ? `${plain.slice(0, most.width).join('').trimEnd()}…` : plain.join('')}`.trimEnd()
	})
	return lines.length <= most.lines
		? lines
		: [...lines.slice(0, most.lines), `#   … and ${lines.length - most.lines} more lines`]
}

/** A line whose tabs and control characters are blanks, without marks that turn the direction of text. */
const docTextOf = (line: string): string =>
	line
		.replaceAll(/\p{Cc}/gu, ' ')
		.replaceAll(/[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\p{Cs}]/gu, '')
		.trimEnd()

/** What is missing, and why. */
export const notTranslated = ({ sourceType, reason }: { sourceType: string; reason: string }): string =>
	`${sourceType} was not translated: ${reason}`

/** A function body that only says that its element was not translated. */
export const stub = (message: string): Node => indent([`raise RuntimeError(${pyString(message)})`])
