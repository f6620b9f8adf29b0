/** Columns that a statement gives are made of all the values that it takes. */
import type { CommandOperator } from '#model/row-commands.ts'
import { givenBy, takenBy } from '#model/row-commands.ts'
import type { Known, Lineage } from './lineage-set.ts'
import { after, lookUp, together } from './lineage-set.ts'

export function commanded(operator: CommandOperator, input: Known): readonly (readonly [string, Lineage])[] {
	const taken = together(operator.parameters.flatMap((one) => takenBy(one) ?? []).map((name) => lookUp(input, name)))
	return givenBy(operator).map(({ column }) => [
		column,
		after(taken, { operator: operator.id, column, how: { kind: 'made', what: 'statement' } }),
	])
}
