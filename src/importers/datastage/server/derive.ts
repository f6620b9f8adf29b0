/** From the text of a BASIC derivation or constraint to an expression; what cannot be read refuses the stage. */
import type { BasicKind } from '#languages/datastage-basic/coerce.ts'
import { tokenize } from '#languages/datastage-basic/lexer.ts'
import { lowerBasic } from '#languages/datastage-basic/lower.ts'
import { parseRoutine } from '#languages/datastage-basic/routine-parser.ts'
import type { Routine } from '#languages/datastage-basic/routine-syntax.ts'
import type { OfferedColumn } from '#languages/datastage-parallel/symbols.ts'
import type { Expression, SourcedExpression } from '#model/expressions.ts'
import type { LineRange } from '#model/provenance.ts'
import { textOf } from '../columns.ts'
import { accepted } from '../derive.ts'
import type { Project } from '../project.ts'
import type { StageContext } from '../stage-context.ts'

/** What the expressions of a stage may name. */
export interface BasicScope {
	readonly columns: ReadonlyMap<string, OfferedColumn>
	/** `link.NOTFOUND`, `link.REJECTED`. */
	readonly values: ReadonlyMap<string, Expression>
	readonly routines: ReadonlyMap<string, Routine>
}

export function deriveBasic(
	context: StageContext,
	source: string,
	scope: BasicScope,
	lines: LineRange,
	wanted?: BasicKind,
): SourcedExpression | undefined {
	const { parameters } = context.job
	for (const token of tokenize(source))
		if (token.kind === 'name' && !scope.columns.has(token.text)) parameters.findOrAdd(token.text)
	const types = new Map(parameters.all.map(({ name, type }) => [name, type]))
	const lowered = lowerBasic(source, { ...scope, parameters: types }, wanted)
	return accepted(context, source, lowered.expression, lowered.diagnostics, lines)
}

/** Routines in BASIC that the export holds, by name in lower case without the catalog's prefix. */
export function routinesOf({ routines }: Project): ReadonlyMap<string, Routine> {
	const found = new Map<string, Routine>()
	for (const [name, { values }] of routines) {
		const text = textOf(values, 'Source')
		// Type 0 is a transform function; before/after subroutines and others give no value.
		if (text !== '' && (textOf(values, 'RoutineType') || '0') === '0')
			found.set(name.toLowerCase(), parseRoutine(name, text))
	}
	return found
}
