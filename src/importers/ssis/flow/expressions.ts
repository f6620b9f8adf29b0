/** Expressions of a package in their scope: columns of a buffer, variables, parameters. */
import { lowerSsis } from '#languages/ssis/lower.ts'
import type { ColumnSymbol } from '#languages/ssis/symbols.ts'
import type { ExpressionProblem } from '#languages/ssis/syntax.ts'
import type { SsisType } from '#languages/ssis/types.ts'
import type { Diagnostic } from '#model/diagnostics.ts'
import { diagnose } from '#model/diagnostics.ts'
import type { Expression } from '#model/expressions.ts'
import type { LineRange, Provenance } from '#model/provenance.ts'
import type { PackageScope } from '../package-scope.ts'
import type { Buffer } from './buffer.ts'
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
	const named = friendly.trim() === '' ? undefined : lowerText(friendly, buffer, context.scope, owner.name, provenance)
	if (exact.trim() === '') return named ?? { reason: `${owner.name} has no expression` }
	const lowered = lowerText(exact, buffer, context.scope, owner.name, provenance)
	if (named === undefined || isProblem(named)) return lowered
	if (isProblem(lowered)) return named
	return meaning(named.expression) === meaning(lowered.expression) ? named : lowered
}

/** An expression over variables and parameters only. */
export function lowerInScope(
	text: string,
	scope: PackageScope,
	owner: string,
	provenance: Provenance = { file: scope.file, path: owner, lines: { start: 1, end: 1 } },
): LoweredText | Refusal {
	return lowerText(text, [], scope, owner, provenance)
}

function lowerText(
	text: string,
	buffer: Buffer,
	scope: PackageScope,
	owner: string,
	provenance: Provenance,
): LoweredText | Refusal {
	const columns = buffer.map(
		(column): ColumnSymbol => ({ name: column.name, type: column.type, lineageId: column.lineage }),
	)
	const { expression, type, problems } = lowerSsis(text, { columns, variables: scope.symbols })
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
