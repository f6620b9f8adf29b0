/**
 * OLE DB Command whose statement gives values back: the columns that output parameters are mapped to take them (Microsoft: OLE DB
 * Command Transformation, Configuring the parameters; OLE DB: DBPARAMFLAGSENUM for what a parameter is).
 */
import type { SourcedExpression } from '#model/expressions.ts'
import type { ProjectColumn, ProjectOperator } from '#model/operators.ts'
import type { CommandOperator, CommandParameter } from '#model/row-commands.ts'
import type { Buffer, BufferColumn } from '../flow/buffer.ts'
import { byLineage, columnOf, holds, typeOf } from '../flow/buffer.ts'
import type { ComponentContext, Refusal } from '../flow/parts.ts'
import { add, base, connect, declare, errorOutput, mainOutput, port, refuse } from '../flow/parts.ts'
import { declareErrorNumbers, policies, rejected } from '../flow/policies.ts'
import { assign, column, derived } from '../flow/values.ts'
import { whole } from '../formats/properties.ts'
import type { ExternalColumnRecord, InputRecord } from '../formats/records.ts'
import { UniqueNames } from '../formats/unique-names.ts'

const takesBit = 1
const givesBit = 2

const flagsOf = ({ properties }: ExternalColumnRecord): number => whole(properties.get('DBParamInfoFlags'), 0)

/** Does a parameter of the statement give a value? */
export const givesBack = ({ external }: InputRecord): boolean => external.some((one) => (flagsOf(one) & givesBit) !== 0)

/** A parameter with its column, and what stands for it where the two have other types. */
interface Mapped {
	readonly external: ExternalColumnRecord
	readonly source: BufferColumn
	readonly own: BufferColumn
}

export function lowerGivingCommand(
	context: ComponentContext,
	input: InputRecord,
	connection: string,
	sql: SourcedExpression,
): Refusal | undefined {
	const arriving = context.arriving(input)
	const mapped = mapParameters(input, arriving)
	if ('reason' in mapped) return mapped
	const parameters = mapped.map(parameterOf)
	const text = parameters.find((one) => one.kind !== 'takes' && ['binary', 'time'].includes(one.type.kind))
	if (text !== undefined) return refuse(`its statement gives a value for ${text.column} that no text stands for`)
	const errors = errorOutput(context.component)
	const { buffer, reject } = rejected(arriving, context.isLinked(errors) ? errors : undefined)
	const provenance = context.provenance
	const converted = mapped.filter(({ source, own }) => own !== source)
	const before: ProjectOperator = {
		...base(context, 'values'),
		...projection,
		columns: converted
			.filter(({ external }) => takes(external))
			.map(({ source, own }): ProjectColumn => {
				const value = { expression: assign(column(source), source.type, own.type), text: source.name }
				const failures = policies(input.dispositions, context.columnNumber(source.lineage))
				return { ...derived(own.name, own.type, value, provenance), ...failures }
			}),
		reject,
	}
	const run: CommandOperator = { ...base(context), kind: 'command', connection, sql, parameters }
	const after: ProjectOperator = {
		...base(context, 'rows'),
		...projection,
		drop: converted.map(({ own }) => own.name),
		columns: converted
			.filter(({ external }) => gives(external))
			.map(({ source, own }) => {
				const value = { expression: assign(column(own), own.type, source.type), text: own.name }
				return derived(source.name, source.type, value, provenance)
			}),
	}
	const own = converted.map((one) => one.own)
	const isChecked = before.columns.length > 0 || context.isLinked(errors)
	const filled = [...arriving, ...own.filter(isTaken(mapped))]
	add(context, ...(isChecked ? [before] : []), run, ...(converted.length === 0 ? [] : [after]))
	if (isChecked) connect(context, { from: port(before, 'out'), buffer: filled }, port(run, 'in'))
	if (converted.length > 0)
		connect(context, { from: port(run, 'out'), buffer: [...arriving, ...own] }, port(after, 'in'))
	context.parts.takes.set(input.id, port(isChecked ? before : run, 'in'))
	const output = mainOutput(context.component)
	const last = converted.length === 0 ? run : after
	if (output !== undefined) context.parts.gives.set(output.id, { from: port(last, 'out'), buffer: arriving })
	if (errors === undefined || !context.isLinked(errors)) return undefined
	context.parts.gives.set(errors.id, { from: port(before, 'reject'), buffer })
	declare(
		context,
		'RG-D022',
		'Its error output gets the rows that cannot be converted, not those that the statement refuses.',
	)
	declareErrorNumbers(context, errors)
	return undefined
}

const projection = {
	kind: 'project',
	passThrough: 'all',
	drop: [],
	columns: [],
	evaluation: 'together',
	reject: {},
} as const

const gives = (external: ExternalColumnRecord): boolean => (flagsOf(external) & givesBit) !== 0
const takes = (external: ExternalColumnRecord): boolean => !gives(external) || (flagsOf(external) & takesBit) !== 0

const isTaken =
	(mapped: readonly Mapped[]) =>
	(one: BufferColumn): boolean =>
		mapped.some(({ external, own }) => own === one && takes(external))

/** External columns are the parameters, in the order of their markers. */
function mapParameters(input: InputRecord, arriving: Buffer): readonly Mapped[] | Refusal {
	const names = new UniqueNames()
	for (const { name } of arriving) names.take(name)
	const found: Mapped[] = []
	for (const external of input.external) {
		const mapped = input.columns.find((one) => one.externalId === external.id)
		if (mapped === undefined) continue
		const source = byLineage(arriving, mapped.lineage)
		if (source === undefined) return refuse(`column ${mapped.name || external.name} does not arrive`)
		const own = { ...source, type: typeOf(external.type) }
		found.push({ external, source, own: holds(own, source) ? source : { ...own, name: names.take(external.name) } })
	}
	return found
}

function parameterOf({ external, own }: Mapped): CommandParameter {
	if (!gives(external)) return { kind: 'takes', column: own.name }
	const given = { column: own.name, type: columnOf(own).type }
	return takes(external) ? { kind: 'both', ...given } : { kind: 'gives', ...given }
}
