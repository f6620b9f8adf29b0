/** What a Modify stage does to the fields of sub-records, written `record.field`: it drops them, or gives them other names. */
import type { ProjectColumn } from '#model/operators.ts'
import type { Column, RecordType } from '#model/types.ts'
import { record } from '#model/types.ts'
import { findDsColumn } from '../columns.ts'
import { columnExpression, fieldOf } from '../expressions.ts'
import type { Stream } from '../flow.ts'
import { assigned } from '../mapping.ts'
import type { StageContext } from '../stage-context.ts'

export interface FieldChange {
	readonly record: string
	readonly field: string
	/** Absent: the field is dropped. */
	readonly name?: string
}

/** `drop second.K` names a field. */
export function droppedField(written: string): FieldChange | undefined {
	const match = /^([\w$]+)\.([\w$]+)$/.exec(written)
	return match?.[1] === undefined || match[2] === undefined ? undefined : { record: match[1], field: match[2] }
}

/** `second.amount2 = second.amount`: both sides name the same sub-record. */
export function renamedField(written: string): FieldChange | undefined {
	const [target, source, ...others] = written.split('=').map((side) => droppedField(side.trim()))
	if (target === undefined || source === undefined || others.length > 0) return undefined
	return isSame(target.record, source.record) ? { ...source, name: target.field } : undefined
}

const isSame = (left: string, right: string): boolean => left.toLowerCase() === right.toLowerCase()

/** The sub-records that `changes` name, each with the fields that are left, under their new names. */
export function changedRecords(
	context: StageContext,
	{ schema }: Stream,
	changes: readonly FieldChange[],
): readonly ProjectColumn[] {
	const names = new Set(changes.map((change) => change.record.toLowerCase()))
	return [...names].flatMap((name) => {
		const column = findDsColumn(schema.columns, name)
		if (column?.type.kind !== 'record') {
			context.refuse(`it changes the fields of ${name}, of which nothing tells that it is a sub-record`)
			return []
		}
		const own = changes.filter((change) => isSame(change.record, name))
		return [changedRecord(context, column, column.type, own)]
	})
}

function changedRecord(
	context: StageContext,
	column: Column,
	{ fields }: RecordType,
	changes: readonly FieldChange[],
): ProjectColumn {
	for (const { field } of changes)
		if (findDsColumn(fields, field) === undefined)
			context.refuse(`it names the field ${column.name}.${field}, which its input does not have`)
	const newNames = new Set(changes.flatMap(({ name }) => (name === undefined ? [] : [name.toLowerCase()])))
	const kept = fields.flatMap((field) => {
		const own = changes.filter((change) => isSame(change.field, field.name))
		// Another field that takes over the name of one that nobody mentions hides it.
		if (own.length === 0) return newNames.has(field.name.toLowerCase()) ? [] : [{ field, name: field.name }]
		return own.flatMap(({ name }) => (name === undefined ? [] : [{ field, name }]))
	})
	const type = record(kept.map(({ field, name }) => ({ ...field, name })))
	const whole = columnExpression(column)
	const args = kept.map(({ field }) => fieldOf(whole, field.name, field.type))
	const value = {
		column: { name: column.name, type, nullable: false },
		expression: { kind: 'call', operation: 'datastage.make-record', args, type } as const,
		text: kept.map(({ name }) => `${column.name}.${name}`).join(', '),
		nullable: false,
		lines: context.stage.record.lines,
	}
	return assigned(context, value, { kind: 'fail' }, { kind: 'fail' })
}
