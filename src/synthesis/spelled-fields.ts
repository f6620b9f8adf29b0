/** Fields of records that no everyday text is one of: packed and binary numbers, texts of other character sets. */
import { conversion } from '#languages/registry.ts'
import type { Expression } from '#model/expressions.ts'
import { visit } from '#model/expressions.ts'
import { fieldWidth } from '#model/field-ends.ts'
import type { ReadOperator } from '#model/operators.ts'
import type { Value } from '#model/values.ts'
import { edgeValues, literalValues, ordinaryValues } from './pools.ts'

type Cast = Extract<Expression, { kind: 'cast' }>

/** Characters of a column's field; undefined where nothing fixes them. */
export function widthOf({ source, schema }: ReadOperator, column: string): number | undefined {
	if (source.kind !== 'text-file') return undefined
	return fieldWidth(
		source.layout,
		schema.columns.findIndex(({ name }) => name === column),
	)
}

/** Fields of a column that its conversions read as everyday values, as values at the edge and as those it is compared with. */
export function spelledFields(
	column: string,
	uses: readonly Expression[],
	width: number | undefined,
): readonly string[] {
	if (width === undefined) return []
	const found = new Set<string>()
	for (const use of uses)
		visit(use, (part) => {
			const chain = part.kind === 'cast' ? chainTo(column, part) : undefined
			if (chain === undefined) return
			for (const value of valuesFor(part, uses)) {
				const field = spelled(chain, value, width)
				if (field !== undefined) found.add(field)
			}
		})
	return [...found]
}

/** Casts from the outermost to the one of the column itself; undefined where another expression stands between. */
function chainTo(column: string, cast: Cast): readonly Cast[] | undefined {
	if (conversion(cast.rule).spell === undefined) return undefined
	const { operand } = cast
	if (operand.kind === 'column') return operand.name === column ? [cast] : undefined
	const inner = operand.kind === 'cast' ? chainTo(column, operand) : undefined
	return inner && [cast, ...inner]
}

const valuesFor = ({ type }: Expression, uses: readonly Expression[]): readonly Value[] => [
	...ordinaryValues(type).slice(0, 24),
	...literalValues(uses, type, () => undefined),
	...edgeValues(type),
]

function spelled(chain: readonly Cast[], value: Value, width: number): string | undefined {
	const field = chain.reduce<Value | undefined>(
		(known, { rule, format }) =>
			known === undefined || known === null ? undefined : conversion(rule).spell?.(known, { format, width }),
		value,
	)
	return typeof field === 'string' ? field : undefined
}
