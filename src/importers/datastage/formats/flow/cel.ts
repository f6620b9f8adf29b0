/**
 * Expressions of pipelines are CEL with the functions of DataStage as `ds.…`. What reads the same in BASIC is written in BASIC;
 * the rest stays as it is, and the sequence says that it cannot be read.
 */
import type { JsonNode } from '../../../json/node.ts'
import { nodeAt, textAt } from '../../../json/node.ts'

/** Outside texts: operators, parameters and functions. */
const words: readonly (readonly [pattern: RegExp, basic: string])[] = [
	[/==/g, '='],
	[/!=/g, '<>'],
	[/&&/g, ' And '],
	[/\|\|/g, ' Or '],
	[/\bparams\.(?=[A-Za-z_$])/g, ''],
	[/\bds\.(?=[A-Za-z])/g, ''],
]

export function basicOf(cel: string): string {
	return cel
		.split(/("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')/)
		.map((part, index, parts) =>
			index % 2 === 1
				? part
				: words.reduce((text, [from, to]) => text.replaceAll(from, to), joined(part, index, parts)),
		)
		.join('')
}

/** A plus sign beside a text joins texts. */
function joined(part: string, index: number, parts: readonly string[]): string {
	const behind = index > 0 ? part.replace(/^\s*\+/, ' : ') : part
	return index < parts.length - 1 ? behind.replace(/\+\s*$/, ' : ') : behind
}

/** A text as BASIC writes it: quotes cannot be escaped, but there are two kinds. Undefined: it holds both. */
export function basicText(text: string): string | undefined {
	if (!text.includes('"')) return `"${text}"`
	return text.includes("'") ? undefined : `'${text}'`
}

/** Keys of the output pin: 0 unconditional, 1 otherwise, 6 an expression. */
export function triggerOf(condition: JsonNode | undefined): Readonly<Record<string, string>> {
	if (condition === undefined || condition.kind === 'null') return { ConditionType: '0' }
	const text = textAt(condition)
	if (text === 'otherwise') return { ConditionType: '1' }
	const written = text || textAt(condition, 'expression')
	if (written !== '') return { ConditionType: '6', TriggerExpression: basicOf(written) }
	const operator = textAt(nodeAt(condition, 'operator'))
	return { ConditionType: '6', TriggerExpression: `(a condition of operands with the operator ${operator || '?'})` }
}
