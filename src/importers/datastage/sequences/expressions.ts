/** From the text of a parameter value, user variable or trigger to an expression: server BASIC with the names of a sequence. */

import { tokenize } from '#languages/datastage-basic/lexer.ts'
import { lowerBasic } from '#languages/datastage-basic/lower.ts'
import type { BasicSymbols } from '#languages/datastage-basic/symbols.ts'
import { assignTo } from '#languages/datastage-parallel/assign.ts'
import type { JsonataScope } from '#languages/jsonata/print.ts'
import { printJsonata } from '#languages/jsonata/print.ts'
import { numberCode, textCode } from '#languages/jsonata/text.ts'
import type { Variable } from '#model/control-flow.ts'
import type { Expression } from '#model/expressions.ts'
import { text as textType } from '#model/types.ts'
import { concatenate, textLiteral } from '../expressions.ts'
import type { ParameterTable } from '../parameters.ts'
import { jobStatuses } from './symbols.ts'

/** What names stand for in one sequence. */
export interface SequenceNames {
	readonly variables: readonly Variable[]
	readonly parameters: ParameterTable
	/** Routines of the export, by name in lower case. */
	readonly routines?: BasicSymbols['routines']
	/** Hears of what the source documents leave open. */
	readonly doubt?: (message: string) => void
}

export interface LoweredText {
	readonly expression: Expression
	/** Why it is not understood. */
	readonly problem?: string
}

/** A BASIC expression; a blank one is the empty text. `wanted`: conditions are truths, everything else a text. */
export function lowerText(written: string, names: SequenceNames, wanted: 'string' | 'boolean' = 'string'): LoweredText {
	const text = written.trim()
	if (text === '') return { expression: textLiteral('') }
	const { expression, diagnostics } = lowerBasic(text, symbolsOf(text, names), wanted)
	if (expression.kind === 'opaque')
		return notUnderstood(text, `the expression ${shortened(text)}: ${expression.reason}`)
	const [doubt] = diagnostics
	if (doubt !== undefined) names.doubt?.(`${shortened(text)}: ${doubt.message}`)
	return printable(expression, text)
}

/** What Step Functions cannot compute is not translated, however well it is understood. */
function printable(expression: Expression, text: string): LoweredText {
	const printed = printJsonata(expression, anyNames)
	return 'problem' in printed
		? notUnderstood(text, `the expression ${shortened(text)}: ${printed.problem}`)
		: { expression }
}

const anyNames: JsonataScope = {
	variable: () => textCode('$name'),
	parameter: (_name, { kind }) => (kind === 'string' ? textCode('$name') : numberCode('$name', true, kind === 'int')),
	job: '',
}

/** Names that may stand in a text: results of activities, job statuses, parameters. */
function symbolsOf(text: string, names: SequenceNames): BasicSymbols {
	const values = new Map<string, Expression>()
	for (const token of tokenize(text)) {
		const found = token.kind === 'name' ? lookUp(token.text, names) : undefined
		if (found !== undefined) values.set(token.text, found)
	}
	const { routines } = names
	return { columns: new Map(), parameters: new Map(), values, ...(routines === undefined ? {} : { routines }) }
}

/** A text with `#name#` in it, as commands and lists of loops have them. */
export function lowerTemplate(written: string, names: SequenceNames): LoweredText {
	const parts: Expression[] = []
	let done = 0
	for (const match of written.matchAll(/#([\w$.]+)#/g)) {
		const found = lookUp(match[1] ?? '', names)
		if (found === undefined)
			return notUnderstood(written, `#${match[1] ?? ''}# is no parameter and no variable of an activity`)
		if (match.index > done) parts.push(textLiteral(written.slice(done, match.index)))
		parts.push(found)
		done = match.index + match[0].length
	}
	if (done < written.length) parts.push(textLiteral(written.slice(done)))
	return printable(concatenate(parts), written)
}

function notUnderstood(text: string, reason: string): LoweredText {
	return { expression: { kind: 'opaque', text, reason, type: textType() }, problem: reason }
}

/** A name alone: a variable of an activity, a parameter (as text, which all values of a sequence are), a job status. */
function lookUp(name: string, { variables, parameters }: SequenceNames): Expression | undefined {
	const status = jobStatuses.get(name.toUpperCase())
	if (status !== undefined) return textLiteral(status)
	const lower = name.toLowerCase()
	const variable =
		variables.find((one) => one.name === name) ?? variables.find((one) => one.name.toLowerCase() === lower)
	if (variable !== undefined) return { kind: 'variable', name: variable.name, type: variable.type }
	const parameter = parameters.findOrAdd(name)
	if (parameter === undefined) return undefined
	return assignTo({ kind: 'parameter', name: parameter.name, type: parameter.type }, textType(), true).expression
}

const shortened = (text: string): string => {
	const line = text.replaceAll(/\s+/g, ' ').trim()
	return line.length <= 80 ? line : `${line.slice(0, 77)}...`
}
