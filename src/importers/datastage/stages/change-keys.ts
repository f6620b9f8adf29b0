/** Keys and values of the stages that compare two states of rows: Change Capture, Change Apply, Difference. */
import type { ChangeCodes } from '#model/changes.ts'
import type { KeyPair } from '#model/operators.ts'
import type { Column } from '#model/types.ts'
import { findDsColumn } from '../columns.ts'
import { alike, columnExpression } from '../expressions.ts'
import type { Stream } from '../flow.ts'
import { propertyOf, readKeys } from '../keys.ts'
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
	const mode = propertyOf(properties, 'selection')
	const shared = after.schema.columns.filter(
		({ name }) => !own.includes(name) && findDsColumn(before.schema.columns, name) !== undefined,
	)
	const written = (property: string): readonly KeyPair[] =>
		readKeys(properties, property).flatMap(({ column, collation, ebcdic }) => {
			if (ebcdic) context.refuse(`the key ${column} sorts as EBCDIC`)
			const right = findDsColumn(after.schema.columns, column)
			const left = findDsColumn(before.schema.columns, column)
			if (left === undefined || right === undefined)
				context.refuse(`it compares the column ${column}, which an input lacks`)
			return left === undefined || right === undefined ? [] : [{ left: left.name, right: right.name, collation }]
		})
	const others = (known: readonly KeyPair[]): readonly KeyPair[] =>
		shared
			.filter(({ name }) => !known.some(({ right }) => right === name))
			.map(({ name }) => ({
				left: findDsColumn(before.schema.columns, name)?.name ?? name,
				right: name,
				collation: 'binary',
			}))
	const [keys, values] = [written('key'), written('value')]
	const all = /^allkeys$/i.test(mode) ? others(values) : keys
	const compared = /^allvalues$/i.test(mode) ? others(keys) : values
	if (!/^(?:|allkeys|allvalues)$/i.test(mode)) context.refuse(`its change mode is "${mode}"`)
	if (all.length === 0) context.refuse('it has no key')
	if ([before, after].some(({ schema }) => schema.open))
		context.refuse('its inputs carry columns that the export does not name')
	return { before: inTypesOf(context, before, after), keys: all, values: compared }
}

/** Columns of the same name with the types that they have in `model`. */
export function inTypesOf(context: StageContext, stream: Stream, model: Stream): Stream {
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
