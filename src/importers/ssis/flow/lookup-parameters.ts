/**
 * A lookup without full cache asks the database with a query of its own, in which columns of the input stand for `?`
 * (Microsoft: Lookup Transformation, SqlCommandParam and ParameterMap). The columns that the designer joins by only say which
 * inputs there are; what counts is the condition.
 */
import { toModel } from '#languages/ssis/types.ts'
import type { KeyPair, RangeBound } from '#model/operators.ts'
import { referenced } from '../formats/properties.ts'
import type { ComponentRecord } from '../formats/records.ts'
import type { Buffer, BufferColumn } from './buffer.ts'
import { byLineage } from './buffer.ts'
import type { Refusal } from './parts.ts'
import { refuse } from './parts.ts'

export interface LookupCondition {
	readonly keys: readonly KeyPair[]
	readonly ranges: readonly RangeBound[]
	/** Reference columns that are compared, each with the type of the column that meets it. */
	readonly wanted: Buffer
}

interface Comparison {
	readonly column: string
	readonly test: '=' | RangeBound['test']
	/** Which `?` it compares with, from 0 on. */
	readonly parameter: number
}

type Bound = Comparison & { readonly source: BufferColumn }

/** `undefined`: the query has no parameters of its own, so that the joined columns say everything. */
export function lookupCondition(component: ComponentRecord, arriving: Buffer): LookupCondition | Refusal | undefined {
	const stored = component.properties.get('SqlCommandParam') ?? ''
	if (stored.trim() === '') return undefined
	const comparisons = comparisonsOf(stored, component.properties.get('SqlCommand') ?? '')
	if (comparisons === undefined)
		return refuse('its reference query takes parameters in a way that is more than comparing them with columns')
	const given = (component.properties.get('ParameterMap') ?? '')
		.split(';')
		.map((one) => byLineage(arriving, referenced(one.trim())))
	const bound = comparisons.flatMap((one): readonly Bound[] => {
		const source = given[one.parameter]
		return source === undefined ? [] : [{ ...one, source }]
	})
	if (bound.length === comparisons.length) return planned(bound)
	// A map that has lost its columns says nothing; the query that the designer writes compares the joined columns.
	return comparisons.every(({ test }) => test === '=')
		? undefined
		: refuse('the parameters of its reference query lead to no columns')
}

function planned(all: readonly Bound[]): LookupCondition {
	return {
		keys: all.flatMap(({ column, test, source }): readonly KeyPair[] =>
			test === '=' ? [{ left: source.name, right: column, collation: 'binary' }] : [],
		),
		ranges: all.flatMap(({ column, test, source }): readonly RangeBound[] =>
			test === '=' ? [] : [{ left: source.name, test, right: column }],
		),
		wanted: all.map(({ column, source }) => ({ ...source, name: column })),
	}
}

/** A column that is compared with one of another kind of type: what that means, only the database knows. */
export function unlikeColumn({ wanted }: LookupCondition, reference: Buffer): string | undefined {
	return wanted.find((one) => {
		const found = reference.find(({ name }) => name === one.name)
		return found !== undefined && toModel(found.type).kind !== toModel(one.type).kind
	})?.name
}

/** `select * from (QUERY) [refTable] where …`, as the designer writes it; only the condition is a person's. */
function comparisonsOf(sql: string, query: string): readonly Comparison[] | undefined {
	const table = String.raw`(?:\[refTable\]|${'`refTable`'}|"refTable"|refTable)`
	const whole = new RegExp(
		String.raw`^\s*select\s+\*\s+from\s*\(([\s\S]*)\)\s*(?:as\s+)?${table}\s+where\s+([\s\S]+)$`,
		'i',
	)
	const [, inner, condition] = whole.exec(sql) ?? []
	if (inner === undefined || condition === undefined || squeezed(inner) !== squeezed(query)) return undefined
	const column = String.raw`${table}\s*\.\s*(?:\[([^\]]+)\]|${'`([^`]+)`'}|"([^"]+)"|(\w+))`
	const part = new RegExp(
		String.raw`^(?:${column}\s*(=|<=|>=|<|>)\s*\?|\?\s*(=|<=|>=|<|>)\s*${column}|\?\s+between\s+${column}\s+and\s+${column})\s*(?:;?\s*$|and\s+)`,
		'i',
	)
	const found: Comparison[] = []
	let rest = condition
	for (let parameter = 0; rest !== ''; parameter += 1) {
		const match = part.exec(rest)
		if (match === null) return undefined
		found.push(...comparison(match, parameter))
		rest = rest.slice(match[0].length)
	}
	return found
}

const squeezed = (sql: string): string => sql.replace(/\s+/g, ' ').trim()

const mirrored = { '=': '=', '<': '>', '<=': '>=', '>': '<', '>=': '<=' } as const

const isTest = (one: string | undefined): one is keyof typeof mirrored =>
	one !== undefined && Object.hasOwn(mirrored, one)

/** The parameter stands on the left, as the input does in a range. */
function comparison(match: RegExpExecArray, parameter: number): readonly Comparison[] {
	const named = (from: number): string => match.slice(from, from + 4).find((one) => one !== undefined) ?? ''
	const [columnFirst, columnLast] = [match[5], match[6]]
	if (isTest(columnFirst)) return [{ column: named(1), test: mirrored[columnFirst], parameter }]
	if (isTest(columnLast)) return [{ column: named(7), test: columnLast, parameter }]
	return [
		{ column: named(11), test: '>=', parameter },
		{ column: named(15), test: '<=', parameter },
	]
}
