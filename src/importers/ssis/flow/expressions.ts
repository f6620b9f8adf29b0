/** Expressions of a package in their scope: columns of a buffer, variables, parameters. */
import { lowerSsis } from '#languages/ssis/lower.ts'
import type { ColumnSymbol, SsisSymbols } from '#languages/ssis/symbols.ts'
import type { ExpressionProblem } from '#languages/ssis/syntax.ts'
import type { SsisType } from '#languages/ssis/types.ts'
import type { Diagnostic } from '#model/diagnostics.ts'
import { diagnose } from '#model/diagnostics.ts'
import type { Expression } from '#model/expressions.ts'
import type { LineRange, Provenance } from '#model/provenance.ts'
import type { PackageScope } from '../package-scope.ts'
import { symbolsIn } from '../package-scope.ts'
import type { Buffer } from './buffer.ts'
import { declareCasts, localeOf } from './locales.ts'
import type { ComponentContext, Refusal } from './parts.ts'

export interface LoweredText {
	readonly expression: Expression
	readonly type: SsisType
	readonly text: string
}

export function isProblem(result: LoweredText | Refusal): result is Refusal {
	return 'reason' in result
}

/**
 * The expression of a column or output. `Expression` names columns by lineage and is what the engine evaluates;
 * `FriendlyExpression` names them by name, is shown where it means the same, and stands in where the other is missing.
 */
export function lowerProperty(
	context: ComponentContext,
	properties: ReadonlyMap<string, string>,
	buffer: Buffer,
	owner: { readonly name: string; readonly lines: LineRange },
): LoweredText | Refusal {
	const exact = properties.get('Expression') ?? ''
	const friendly = properties.get('FriendlyExpression') ?? ''
	const provenance = { ...context.provenance, lines: owner.lines }
	const locale = localeOf(context)
	const read = (text: string): LoweredText | Refusal =>
		lowerText(text, buffer, { ...symbolsIn(context.scope), locale }, owner.name, provenance)
	const found = chosen(
		friendly.trim() === '' ? undefined : read(friendly),
		exact.trim() === '' ? undefined : read(exact),
	)
	if (found === undefined) return { reason: `${owner.name} has no expression` }
	if (!isProblem(found)) declareCasts(context, found.expression, locale)
	return found
}

function chosen(
	named: LoweredText | Refusal | undefined,
	exact: LoweredText | Refusal | undefined,
): LoweredText | Refusal | undefined {
	if (exact === undefined || named === undefined) return exact ?? named
	if (isProblem(named)) return exact
	if (isProblem(exact)) return named
	return meaning(named.expression) === meaning(exact.expression) ? named : exact
}

/** An expression over variables and parameters only. */
export function lowerInScope(
	text: string,
	scope: PackageScope,
	owner: string,
	provenance: Provenance = { file: scope.file, path: owner, lines: { start: 1, end: 1 } },
): LoweredText | Refusal {
	return lowerText(text, [], symbolsIn(scope), owner, provenance)
}

function lowerText(
	text: string,
	buffer: Buffer,
	symbols: Omit<SsisSymbols, 'columns'>,
	owner: string,
	provenance: Provenance,
): LoweredText | Refusal {
	const columns = buffer.map(
		(column): ColumnSymbol => ({ name: column.name, type: column.type, lineageId: column.lineage }),
	)
	const { expression, type, problems } = lowerSsis(text, { columns, ...symbols })
	if (type !== undefined && problems.length === 0) return { expression: expression.expression, type, text }
	return {
		reason: `the expression of ${owner} was not understood: ${problems.map((problem) => problem.message).join('; ')}`,
		diagnostics: problems.map((problem) => report(problem, text, owner, provenance)),
	}
}

function report(problem: ExpressionProblem, text: string, owner: string, provenance: Provenance): Diagnostic {
	return diagnose(problem.code, provenance, {
		what: `The expression of ${owner} was not understood: ${text}`,
		why: `At ${problem.span.start + 1}: ${problem.message}.`,
	})
}

/** The expression as text without its places, to compare two. */
function meaning(expression: Expression): string {
	return JSON.stringify(expression, (key, value: unknown) => {
		if (key === 'span') return undefined
		return typeof value === 'bigint' ? `${value}n` : value
	})
}
