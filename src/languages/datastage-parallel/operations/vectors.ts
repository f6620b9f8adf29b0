/** Vectors and sub-records: taken apart and put together. A vector as a whole is never null; its elements may be. */
import type { Column, DataType, RecordType } from '#model/types.ts'
import { int, record, vector } from '#model/types.ts'
import type { Result, Value } from '#model/values.ts'
import { failure, makeRecord, makeVector } from '#model/values.ts'
import type { TypeContext } from '../../catalogue.ts'
import { literalText } from '../../literals.ts'
import { atom, binary, fn, lit, method, type Py, pyString } from '../../python.ts'
import { plainSparkType } from '../../spark-types.ts'
import { defaultOf } from '../defaults.ts'
import { lambda } from '../spark-text.ts'
import { anyOf, family, integer, intOf, literal, nestedOf, textAt, textOf, vectorOf } from './define.ts'

/** The elements of a vector; kinds are checked before. */
function itemsOf(value: Value | undefined): readonly Value[] {
	if (typeof value !== 'object' || value?.kind !== 'vector') throw new TypeError('a vector is expected')
	return value.items
}

const elementOf = (type: DataType | undefined): DataType => (type?.kind === 'vector' ? type.element : int(32))

/** A constant place in a vector of fixed length is there or not, whatever the row. */
function isThere({ types: [type], literals: [, place] }: TypeContext): boolean {
	const length = type?.kind === 'vector' ? type.length : undefined
	return typeof place === 'bigint' && length !== undefined && place >= 0n && place < BigInt(length)
}

/** A constant place that may be there. */
function placeOf({ literals: [, place] }: TypeContext): number | undefined {
	return typeof place === 'bigint' && place >= 0n && place < 2n ** 31n ? Number(place) : undefined
}

function outside(vector: Py, index: Py, context: TypeContext): Py {
	const place = placeOf(context)
	const size = fn('size', vector)
	if (place !== undefined) return binary('<=', size, atom(String(place)))
	return binary('&', method(vector, 'isNotNull'), binary('|', binary('<', index, lit(0)), binary('>=', index, size)))
}

const fieldOf = (type: DataType | undefined, name: string): DataType | undefined => {
	const holder = type?.kind === 'vector' ? type.element : type
	return holder?.kind === 'record' ? holder.fields.find((field) => field.name === name)?.type : undefined
}

/** The field of a record, or of each record of a vector. */
function fieldValue(value: Value, name: string): Result {
	if (typeof value !== 'object' || value === null) return null
	if (value.kind === 'vector') return makeVector(value.items.map((item) => fieldValue(item, name) as Value))
	return value.kind === 'record' ? (value.fields[name] ?? null) : null
}

function fieldsOf(type: DataType): RecordType['fields'] {
	if (type.kind !== 'record') throw new TypeError('a record is expected')
	return type.fields
}

function recordOf(type: DataType): RecordType {
	if (type.kind !== 'vector' || type.element.kind !== 'record') throw new TypeError('a vector of records is expected')
	return type.element
}

/** What fills a field behind the end of its vector; undefined: null does. */
const filler = ({ type, nullable }: Column): Value => (nullable ? null : (defaultOf(type) ?? null))

/** One record for each place, as many as the longest vector has. */
function zip(vectors: readonly Value[], { fields }: RecordType): Value {
	const lists = vectors.map(itemsOf)
	const length = Math.max(0, ...lists.map((items) => items.length))
	const at = (place: number): Value =>
		makeRecord(
			Object.fromEntries(
				fields.map((field, index) => {
					const items = lists[index] ?? []
					return [field.name, place < items.length ? (items[place] ?? null) : filler(field)]
				}),
			),
		)
	return makeVector(Array.from({ length }, (_none, place) => at(place)))
}

function zipText(vectors: readonly Py[], { types, result }: TypeContext): Py {
	const lengths = types.map((type) => (type.kind === 'vector' ? type.length : undefined))
	const longest = lengths.includes(undefined) ? undefined : Math.max(...lengths.map((length) => length ?? 0))
	const filled = recordOf(result).fields.filter(
		(field, index) => filler(field) !== null && (longest === undefined || lengths[index] !== longest),
	)
	const isNamed = recordOf(result).fields.every(({ name }, index) => vectors[index]?.code === fn('col', name).code)
	const plain = fn('arrays_zip', ...vectors)
	// Fields of arrays_zip are named by place unless each argument is a plain column.
	const zipped = isNamed ? plain : method(plain, 'cast', plainSparkType(result))
	if (filled.length === 0 || vectors.length === 1) return zipped
	const row = filled.reduce((so, field) => {
		const value = atom(`row[${pyString(field.name)}]`)
		return method(so, 'withField', field.name, fn('coalesce', value, literalText(filler(field), field.type)))
	}, atom('row'))
	return fn('transform', zipped, lambda('row', row))
}

/** A value under the name of its field; a plain column has it already where the two are called alike. */
function named(value: Py | undefined, name: string): readonly Py[] {
	if (value === undefined) return []
	return [value.code === fn('col', name).code ? value : method(value, 'alias', name)]
}

const namedByPlace = (type: DataType, place: number): Column => ({
	name: `f${place}`,
	type: elementOf(type),
	nullable: true,
})

export const vectorFunctions = family('IBM: Parallel transform functions, vector function; restructure stages', {
	'element-at': {
		parameters: [vectorOf('vector'), intOf('index')],
		result: ([type]) => elementOf(type),
		canFail: true,
		canFailWith: (context) => !isThere(context),
		givesNull: true,
		evaluate: ([vector, index]) => {
			const items = itemsOf(vector)
			const place = integer(index)
			if (place >= 0n && place < BigInt(items.length)) return items[Number(place)] ?? null
			return failure('argument', `a vector of ${items.length} elements has none at ${place}`)
		},
		pyspark: ([vector, index], context) => fn('get', vector, placeOf(context) ?? index),
		fails: ([vector, index], context) => fn('coalesce', outside(vector, index, context), lit(false)),
	},
	'vector-length': {
		parameters: [vectorOf('vector')],
		result: () => int(32),
		evaluate: ([vector]) => BigInt(itemsOf(vector).length),
		pyspark: ([vector]) => fn('size', vector),
	},
	'make-vector': {
		parameters: [anyOf('first'), { ...anyOf('next'), variadic: true }],
		result: (types) => vector(types[0], true, types.length),
		nulls: 'custom',
		evaluate: (items) => makeVector([...items]),
		pyspark: (items) => fn('array', ...items),
	},
	'field-of': {
		parameters: [nestedOf('of'), textOf('field', literal)],
		result: ([type], literals) => {
			const name = textAt(literals, 1)
			const field = fieldOf(type, name)
			if (field === undefined) return { problem: `it has no field ${name}` }
			return type.kind === 'vector' ? vector(field, true, type.length) : field
		},
		givesNull: true,
		evaluate: ([value], { literals }) => fieldValue(value, textAt(literals, 1)),
		pyspark: ([value], { literals }) => method(value, 'getField', textAt(literals, 1)),
	},
	'make-record': {
		parameters: [anyOf('first'), { ...anyOf('next'), variadic: true }],
		result: (types) => record(types.map((type, place): Column => ({ name: `f${place}`, type, nullable: true }))),
		nulls: 'custom',
		evaluate: (values, { result }) =>
			makeRecord(Object.fromEntries(fieldsOf(result).map(({ name }, place) => [name, values[place] ?? null]))),
		pyspark: (values, { result }) =>
			fn('struct', ...fieldsOf(result).flatMap(({ name }, place) => named(values[place], name))),
	},
	'zip-records': {
		parameters: [vectorOf('first'), { ...vectorOf('next'), variadic: true }],
		result: (types) => vector(record(types.map(namedByPlace)), false),
		evaluate: (vectors, { result }) => zip(vectors, recordOf(result)),
		pyspark: (vectors, context) => zipText(vectors, context),
	},
})
