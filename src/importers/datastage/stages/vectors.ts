/** Make Vector and Split Vector: numbered columns become one vector, and a vector becomes numbered columns. */
import type { Column } from '#model/types.ts'
import { isNested, text, typeName, vector } from '#model/types.ts'
import { findDsColumn } from '../columns.ts'
import { columnExpression, elementAt } from '../expressions.ts'
import type { Stream } from '../flow.ts'
import { propertyOf } from '../keys.ts'
import { assigned, columnNamed, mapOutput, project } from '../mapping.ts'
import type { StageContext, StageStreams } from '../stage-context.ts'
import { noStreams, onlyInput } from './inputs.ts'

/**
 * Columns NAME0, NAME1 and so on become the vector NAME; at the first number that is missing it ends, and what comes behind
 * stays a column of its own (IBM: Make Vector stage; the makevect operator).
 */
export function makeVector(context: StageContext): StageStreams {
	const only = onlyInput(context)
	if (only === undefined) return noStreams
	const { stream } = only
	const name = propertyOf(context.stage.properties, 'name')
	const parts = numbered(stream.schema.columns, name)
	const [first] = parts
	if (name === '' || first === undefined) {
		context.refuse(`it makes a vector of columns ${name}0, ${name}1 and so on, which its input does not have`)
		return noStreams
	}
	if (stream.schema.open) context.refuse(`columns that the export does not name may belong to the vector ${name}`)
	if (stream.schema.columns.some((column) => column.name.toLowerCase() === name.toLowerCase()))
		context.refuse(`its input has a column ${name} already`)
	const other = parts.find(({ type }) => kindOf(type) !== kindOf(first.type) || isNested(type))
	if (other !== undefined)
		context.refuse(
			`${first.name} is ${typeName(first.type)} and ${other.name} is ${typeName(other.type)}; a vector has one type`,
		)
	const type = vector(
		widest(parts),
		parts.some(({ nullable }) => nullable),
		parts.length,
	)
	const expression = {
		kind: 'call',
		operation: 'datastage.make-vector',
		args: parts.map(columnExpression),
		type,
	} as const
	const value = { column: { name, type, nullable: false }, expression, text: parts.map((part) => part.name).join(', ') }
	const made = assigned(context, { ...value, nullable: false, lines: context.stage.record.lines }, failing, failing)
	return toOutputs(
		context,
		project(context, stream, [made], { part: name, passThrough: 'all', drop: parts.map((part) => part.name) }),
	)
}

/** The elements of a vector of known length become the columns NAME0 to NAMEn (IBM: Split Vector stage). */
export function splitVector(context: StageContext): StageStreams {
	const only = onlyInput(context)
	if (only === undefined) return noStreams
	const { stream } = only
	const name = columnNamed(context, stream, propertyOf(context.stage.properties, 'name'))
	const type = findDsColumn(stream.schema.columns, name)?.type
	if (type?.kind !== 'vector' || type.length === undefined) {
		context.refuse(
			type?.kind === 'vector'
				? `the length of its vector ${name} differs from row to row, so that nothing tells how many columns to make`
				: `${name} is no vector`,
		)
		return noStreams
	}
	const columns = Array.from({ length: type.length }, (_none, place) => {
		const column: Column = { name: `${name}${place}`, type: type.element, nullable: type.nullable }
		const expression = elementAt(columnExpression({ name, type }), type, place)
		const value = { column, expression, text: `${name}[${place}]`, nullable: type.nullable }
		return assigned(context, { ...value, lines: context.stage.record.lines }, failing, failing)
	})
	const clash = columns.find((column) => findDsColumn(stream.schema.columns, column.name) !== undefined)
	if (clash !== undefined) context.refuse(`its input has a column ${clash.name} already`)
	return toOutputs(context, project(context, stream, columns, { part: name, passThrough: 'all', drop: [name] }))
}

const failing = { kind: 'fail' } as const

export const toOutputs = (context: StageContext, stream: Stream): StageStreams =>
	new Map(context.outputs.map((output) => [output.pin.id, mapOutput(context, output, stream)]))

function numbered(columns: readonly Column[], name: string): readonly Column[] {
	const parts: Column[] = []
	for (
		let part = findDsColumn(columns, `${name}0`);
		part !== undefined;
		part = findDsColumn(columns, `${name}${parts.length}`)
	)
		parts.push(part)
	return parts
}

/** Texts of several lengths are of one type. */
const kindOf = (type: Column['type']): string => (type.kind === 'string' ? 'string' : typeName(type))

function widest(parts: readonly Column[]): Column['type'] {
	const texts = parts.flatMap(({ type }) => (type.kind === 'string' ? [type] : []))
	const [first] = texts
	if (first === undefined) return parts[0]?.type ?? text()
	const lengths = texts.map(({ length }) => length ?? Infinity)
	const length = Math.max(...lengths)
	const fixed = texts.every((type) => type.fixed && type.length === first.length)
	return text(Number.isFinite(length) ? length : undefined, { unicode: texts.some(({ unicode }) => unicode), fixed })
}
