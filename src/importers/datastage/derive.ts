/** From the text of a derivation, constraint or where clause to an expression; what cannot be read refuses the stage. */

import { tokenize } from '#languages/datastage-parallel/lexer.ts'
import { lowerParallel } from '#languages/datastage-parallel/lower.ts'
import type { OfferedColumn } from '#languages/datastage-parallel/symbols.ts'
import type { ExpressionProblem } from '#languages/datastage-parallel/syntax.ts'
import { diagnose } from '#model/diagnostics.ts'
import type { SourcedExpression } from '#model/expressions.ts'
import type { LineRange } from '#model/provenance.ts'
import type { DataType, Schema } from '#model/types.ts'
import type { StageContext } from './stage-context.ts'
import type { Range } from './wide-arithmetic.ts'
import { mayOverflow, rowNumbers } from './wide-arithmetic.ts'

/** Columns by the name that expressions use: `link.column`, a stage variable, `@INROWNUM`; and how far a variable counts. */
export type Names = ReadonlyMap<string, OfferedColumn>

export interface DeriveOptions {
	/** Type that the value is meant for. */
	readonly target?: DataType
	/** It decides something: the result is boolean. */
	readonly condition?: boolean
}

export function derive(
	context: StageContext,
	text: string,
	names: Names,
	lines: LineRange,
	options: DeriveOptions = {},
): SourcedExpression | undefined {
	const parameters = parametersOf(context, text, names)
	const lowered = lowerParallel(text, { columns: names, parameters }, options)
	if (mayOverflow(lowered.expression, countersOf(names)))
		context.differ('RG-D137', `${context.stage.name} calculates ${shortened(text)}`)
	return accepted(context, text, lowered.expression, lowered.diagnostics, lines)
}

/** Columns that stand for `@INROWNUM` and the like, and variables that count. */
const countersOf = (names: Names): ReadonlyMap<string, Range> =>
	new Map(
		[...names].flatMap(([name, { name: column, counts }]) => {
			const range = counts ?? (name.startsWith('@') ? rowNumbers : undefined)
			return range === undefined ? [] : [[column, range] as const]
		}),
	)

/** All parameters, with those that the expression names and the job's list leaves out: members of sets that are not in the export. */
export function parametersOf(context: StageContext, text: string, names: Names): ReadonlyMap<string, DataType> {
	const { parameters } = context.job
	const tokens = tokenize(text)
	for (const [index, token] of tokens.entries()) {
		if (token.kind !== 'name') continue
		const member = tokens[index + 1]?.text === '.' ? tokens[index + 2]?.text : undefined
		const name = member === undefined ? token.text : `${token.text}.${member}`
		if (!names.has(name)) parameters.findOrAdd(name)
	}
	return new Map(parameters.all.map(({ name, type }) => [name, type]))
}

export function accepted(
	context: StageContext,
	text: string,
	expression: SourcedExpression['expression'],
	problems: readonly ExpressionProblem[],
	lines: LineRange,
): SourcedExpression | undefined {
	for (const problem of problems) {
		const what = `${context.stage.name}: ${problem.message}`
		context.report(
			diagnose(problem.code, context.provenance(lines), {
				what,
				why: `It stands in the expression ${shortened(text)}`,
			}),
		)
	}
	if (expression.kind !== 'opaque') return { expression, text }
	context.refuse(`the expression ${shortened(text)} is not understood: ${expression.reason}`)
	return undefined
}

const shortened = (text: string): string => {
	const line = text.replaceAll(/\s+/g, ' ').trim()
	return line.length <= 80 ? line : `${line.slice(0, 77)}...`
}

/** Columns of an input link as expressions name them; `link` is its name. */
export function namesOf(link: string, { columns }: Schema): Names {
	return new Map(columns.map((column) => [`${link}.${column.name}`, column]))
}
