import { daysFromCivil, MICROS_PER_DAY } from '#model/calendar.ts'
import { diagnose } from '#model/diagnostics.ts'
import type { Column } from '#model/types.ts'
import type { Value } from '#model/values.ts'
import { makeDate, makeDecimal, makeTime, makeTimestamp } from '#model/values.ts'
import type { StageContext } from '../stage-context.ts'

const firstDay = daysFromCivil({ year: 1, month: 1, day: 1 })

/**
 * What stands in a column of the side that has no row: null where the column may be null, else 0 or the empty text
 * (wingsoftechnology: outer joins and not nullable columns; IBM: Lookup stage, Continue).
 */
export function whenMissing(context: StageContext, { name, type, nullable }: Column): Value {
	if (nullable) return null
	switch (type.kind) {
		case 'string':
			// APT_STRING_PADCHAR is the NUL character unless a site sets another one.
			return type.fixed ? '\0'.repeat(type.length ?? 0) : ''
		case 'int':
			return 0n
		case 'decimal':
			return makeDecimal(0n, type.scale)
		case 'float':
			return 0
		case 'boolean':
			return false
		case 'time':
			return makeTime(0n)
		case 'date':
			report(context, name)
			return makeDate(firstDay)
		case 'timestamp':
			report(context, name)
			return makeTimestamp(BigInt(firstDay) * MICROS_PER_DAY)
		case 'binary':
		case 'uuid':
			context.refuse(`the column ${name} has no default for rows without a match`)
			return null
	}
}

function report(context: StageContext, name: string): void {
	const what = `${context.stage.name} fills ${name} with 0001-01-01 where it finds no match`
	const why = 'The column is not nullable, and the default that the engine puts there is not documented.'
	context.report(diagnose('expression/doubtful', context.provenance(), { what, why }))
}
