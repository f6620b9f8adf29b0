import { defaultOf } from '#languages/datastage-parallel/defaults.ts'
import { diagnose } from '#model/diagnostics.ts'
import type { Column } from '#model/types.ts'
import type { Value } from '#model/values.ts'
import type { StageContext } from '../stage-context.ts'

/**
 * What stands in a column of the side that has no row: null where the column may be null, else 0 or the empty text
 * (wingsoftechnology: outer joins and not nullable columns; IBM: Lookup stage, Continue).
 */
export function whenMissing(context: StageContext, { name, type, nullable }: Column): Value {
	if (nullable) return null
	const value = defaultOf(type)
	if (value === undefined) {
		context.refuse(`the column ${name} has no default for rows without a match`)
		return null
	}
	if (type.kind === 'date' || type.kind === 'timestamp') report(context, name)
	return value
}

function report(context: StageContext, name: string): void {
	const what = `${context.stage.name} fills ${name} with 0001-01-01 where it finds no match`
	const why = 'The column is not nullable, and the default that the engine puts there is not documented.'
	context.report(diagnose('expression/doubtful', context.provenance(), { what, why }))
}
