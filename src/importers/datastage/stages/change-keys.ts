/** Keys and values of the stages that compare two states of rows: Change Capture, Change Apply, Difference. */
import type { ChangeCodes } from '#model/changes.ts'
import type { Collation } from '#model/collation.ts'
import type { KeyPair } from '#model/operators.ts'
import type { Column } from '#model/types.ts'
import { findDsColumn } from '../columns.ts'
import { alike, columnExpression } from '../expressions.ts'
import type { Stream } from '../flow.ts'
import { dependentsOf, propertyOf, readKeys } from '../keys.ts'
import { assigned, project } from '../mapping.ts'
import type { StageContext } from '../stage-context.ts'

export interface Compared {
	/** The left side, its columns brought to the types of the right one. */
	readonly before: Stream
	readonly keys: readonly KeyPair[]
	readonly values: readonly KeyPair[]
}

/**
 * What the stage compares, by its change mode: explicit keys and values, explicit keys and all other columns as values, or explicit
 * values and all other columns as keys (IBM: Change Capture stage, Stage page). Of values only those count that both sides have.
 */
export function comparedColumns(
	context: StageContext,
	before: Stream,
	after: Stream,
	own: readonly string[] = [],
): Compared {
	const { properties } = context.stage
	const { mode, collation, excluded } = implicitColumns(context)
	const shared = after.schema.columns.filter(
		({ name }) => ![...own, ...excluded].includes(name) && findDsColumn(before.schema.columns, name) !== undefined,
	)
	const written = (property: string): readonly KeyPair[] =>
		readKeys(properties, property).flatMap((key) => {
			if (key.ebcdic) context.refuse(`the key ${key.column} sorts as EBCDIC`)
			const right = findDsColumn(after.schema.columns, key.column)
			const left = findDsColumn(before.schema.columns, key.column)
			if (left === undefined || right === undefined)
				context.refuse(`it compares the column ${key.column}, which an input lacks`)
			return left === undefined || right === undefined
				? []
				: [{ left: left.name, right: right.name, collation: key.collation }]
		})
	const others = (known: readonly KeyPair[]): readonly KeyPair[] =>
		shared
			.filter(({ name }) => !known.some(({ right }) => right === name))
			.map(({ name }) => ({
				left: findDsColumn(before.schema.columns, name)?.name ?? name,
				right: name,
				collation,
			}))
	const [keys, values] = [written('key'), written('value')]
	const all = mode === 'allkeys' ? others(values) : keys
	const compared = mode === 'allvalues' ? others(keys) : values
	if (!['', 'allkeys', 'allvalues'].includes(mode)) context.refuse(`its change mode is "${mode}"`)
	if (all.length === 0) context.refuse('it has no key')
	if ([before, after].some(({ schema }) => schema.open))
		context.refuse('its inputs carry columns that the export does not name')
	return { before: inTypesOf(context, before, after), keys: all, values: compared }
}

interface ImplicitColumns {
	readonly mode: string
	/** Of the columns that are keys or values without being named. */
	readonly collation: Collation
	/** Those that are neither. */
	readonly excluded: readonly string[]
}

/** Change Capture and Change Apply have a mode; Difference says that all columns which are no keys are values. */
function implicitColumns({ stage: { properties } }: StageContext): ImplicitColumns {
	const isAll = propertyOf(properties, 'allValues').toLowerCase() === 'allvalues'
	const mode = propertyOf(properties, 'selection').toLowerCase() || (isAll ? 'allvalues' : '')
	const options = (name: string) =>
		['selection', 'allValues'].flatMap((choice) => dependentsOf(properties, choice, name))
	const sensitivity = ['ci\\cs', 'ci\\cs2', 'selection\\ci\\cs', 'value\\ci\\cs'].flatMap(options)
	const isCaseless = sensitivity.some(({ value }) => value.trim() === 'ci')
	const excluded = mode === 'allkeys' ? options('dropkey') : mode === 'allvalues' ? options('dropvalue') : []
	return {
		mode,
		collation: isCaseless ? 'caseless' : 'binary',
		excluded: excluded.map(({ value }) => value.trim()),
	}
}

/** Columns of the same name with the types that they have in `model`. */
function inTypesOf(context: StageContext, stream: Stream, model: Stream): Stream {
	const columns = stream.schema.columns.flatMap((source) => {
		const wanted = findDsColumn(model.schema.columns, source.name)
		if (wanted === undefined || alike(source.type, wanted.type)) return []
		const column: Column = { name: source.name, type: wanted.type, nullable: source.nullable }
		const value = {
			column,
			expression: columnExpression(source),
			text: source.name,
			nullable: source.nullable,
			lines: context.stage.record.lines,
		}
		return [assigned(context, value, { kind: 'fail' }, { kind: 'fail' })]
	})
	return columns.length === 0 ? stream : project(context, stream, columns, { part: 'types', passThrough: 'all' })
}

/** Codes of the changes, by property or by default (IBM: copy 0, insert 1, delete 2, edit 3). */
export function changeCodes(context: StageContext): ChangeCodes {
	const code = (property: string, otherwise: bigint): bigint => {
		const written = propertyOf(context.stage.properties, property)
		if (written === '') return otherwise
		if (/^-?\d{1,9}$/.test(written)) return BigInt(written)
		context.refuse(`${property} is "${written}", which is no plain number`)
		return otherwise
	}
	const codes = {
		copy: code('copyCode', 0n),
		insert: code('insertCode', 1n),
		delete: code('deleteCode', 2n),
		edit: code('editCode', 3n),
	}
	if (new Set(Object.values(codes)).size < 4) context.refuse('two of its changes have the same code')
	return codes
}

/** Name of the column with the code. */
export const codeColumn = (context: StageContext): string =>
	propertyOf(context.stage.properties, 'codeField') || 'change_code'
