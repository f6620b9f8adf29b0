import { pyString } from '#languages/python.ts'
import type { Operator } from '#model/operators.ts'
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
	const call = `${context.use('not_translated')}(${pyString(operator.name)}, ${pyString(operator.sourceType)}, ${pyString(operator.reason)})`
	const original = operator.text.trim() === '' ? [] : ['# As the export holds it:', ...comment(operator.text)]
	if (frames.length === 0) return [...original, call]
	return [...original, ...frames.map((name) => `${name} = ${call}`)]
}

/** Lines of a comment, at most forty; nothing in a text can end a comment but a line break. */
export function comment(text: string): readonly string[] {
	const lines = text
		.split(/\r\n|[\n\r\v\f\u0085\u2028\u2029]/)
		.map((line) => `#   ${line.replaceAll(/\p{Cc}/gu, ' ')}`.trimEnd().slice(0, 160))
	return lines.length <= 40 ? lines : [...lines.slice(0, 40), `#   … ${lines.length - 40} more lines`]
}

/** A function body that only says that its element was not translated. */
export function stub(operator: Operator, sourceType: string, reason: string): Node {
	return indent([
		`raise RuntimeError(${pyString(`Stage ${operator.name}: ${sourceType} was not translated: ${reason}`)})`,
	])
}
