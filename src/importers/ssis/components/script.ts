/** Script Component: code over rows (Microsoft: Understanding the Script Component Object Model). */
import { propertyName } from '#languages/dotnet/bind/contract.ts'
import { scriptOperation } from '#languages/dotnet/catalogue.ts'
import type { DifferenceId } from '#model/differences.ts'
import type { ProjectOperator, ScriptOperator, ScriptOutput } from '#model/operators.ts'
import type { ScriptProgram } from '#model/scripts.ts'
import { visitProgram, visitStatements } from '#model/scripts.ts'
import { childrenOf } from '../../xml/element.ts'
import type { Buffer } from '../flow/buffer.ts'
import { columnOf, extend } from '../flow/buffer.ts'
import type { ComponentContext, Refusal } from '../flow/parts.ts'
import { add, base, declare, mainInput, port, refuse } from '../flow/parts.ts'
import { derived, literal } from '../flow/values.ts'
import type { OutputRecord } from '../formats/records.ts'
import { UniqueNames } from '../formats/unique-names.ts'
import { asColumns } from '../scripts/as-columns.ts'
import { connectionsOf, databasesOf, inputColumns, outputOf, variablesOf } from '../scripts/contract.ts'
import { holdVariables } from '../scripts/held-variables.ts'
import { readScript } from '../scripts/read-script.ts'
import { unfollowedLoop } from '../scripts/row-loops.ts'
import { scriptOfComponent } from '../scripts/storage.ts'

interface Output {
	readonly record: OutputRecord
	readonly port: string
	readonly leaving: Buffer
}

export function lowerScriptComponent(context: ComponentContext): Refusal | undefined {
	const { component, scope } = context
	const stored = scriptOfComponent(component)
	if (stored === undefined) return refuse('it holds no source code')
	if (component.inputs.length > 1) return refuse('its script has several inputs')
	if (component.outputs.some(({ isError }) => isError)) return refuse('its script has an error output')
	const input = mainInput(component)
	const arriving = context.arriving(input)
	const names = new UniqueNames()
	names.take('in')
	const outputs = component.outputs.map((record): Output => {
		const leaving = extend(record.synchronousInput === undefined ? [] : arriving, record.columns)
		return { record, port: names.take(record.name), leaving }
	})
	const sides = outputs.map(({ record, port: name, leaving }) => outputOf(record, name, leaving))
	const columns = input === undefined ? [] : inputColumns(input, arriving)
	const passing = sides.filter(({ isSynchronous }) => isSynchronous).flatMap((side) => side.columns)
	const read = readScript(stored, {
		component: component.name,
		variables: variablesOf(stored, scope),
		...(input === undefined
			? {}
			: { input: { property: propertyName(input.name), columns: [...columns, ...passing] } }),
		outputs: sides,
		connections: connectionsOf(component.connections, scope),
		databases: databasesOf(component.connections, scope),
		columnNames: context.columnNames(),
	})
	if ('reason' in read) return read
	const readWrite = new Set(stored.readWrite.flatMap((name) => scope.value(name)?.name ?? []))
	const held = holdVariables(read.program, readWrite)
	if ('reason' in held) return held
	const { program, sets } = held
	if (setsFileTimes(program, [...arriving, ...outputs.flatMap(({ leaving }) => leaving)]))
		declare(context, 'RG-D159', 'in its script')
	const given = outputs.map((output) => scriptOutput(output, context))
	const unfollowed = unfollowedLoop(
		program,
		given.some(({ rows }) => rows !== 'made'),
	)
	if (unfollowed !== undefined) return refuse(unfollowed)
	const onColumns = lowerAsColumns(context, program, outputs, arriving)
	if (onColumns) {
		for (const id of read.differences) declare(context, id as DifferenceId, 'in its script')
		return undefined
	}
	const operator: ScriptOperator = {
		...base(context),
		kind: 'script',
		program,
		hasInput: input !== undefined,
		reads: columnsRead(program),
		replaces: replaced(
			program,
			columns.filter(({ isWritable }) => isWritable).map(({ name }) => name),
			arriving,
		),
		outputs: given,
		remembers: sets.length > 0 || reachesOutside(program) || remembers(program),
		sets,
		...(reachesOutside(program) ? { reachesOutside: true } : {}),
	}
	add(context, operator)
	if (input !== undefined) context.parts.takes.set(input.id, port(operator, 'in'))
	for (const output of outputs) {
		context.parts.gives.set(output.record.id, { from: port(operator, output.port), buffer: output.leaving })
	}
	for (const id of read.differences) declare(context, id as DifferenceId, 'in its script')
	if (program.entry.allRows !== undefined) declare(context, 'RG-D083', 'its script asks for its rows itself')
	if (setsDecimals(program)) declare(context, 'RG-D084', 'in its script')
	return undefined
}

/** A script that only decides and assigns is a projection. Gives whether it is. */
function lowerAsColumns(
	context: ComponentContext,
	program: ScriptProgram,
	outputs: readonly Output[],
	arriving: Buffer,
): boolean {
	const [only] = outputs
	const input = mainInput(context.component)
	if (input === undefined || only === undefined || outputs.length > 1) return false
	if (scriptOutput(only, context).rows !== 'all') return false
	const types = new Map([
		...only.leaving.map((one) => [one.name, columnOf(one).type] as const),
		...arriving.map((one) => [`arriving ${one.name}`, columnOf(one).type] as const),
	])
	const found = asColumns(program, types)
	if (found === undefined || found.length === 0) return false
	const added = new Map(only.leaving.map((one) => [one.name, one]))
	const given = new Set(found.map(({ name }) => name))
	const untouched = only.leaving.filter(({ name }) => !given.has(name) && !types.has(`arriving ${name}`))
	const columns = [
		...found.flatMap(({ name, expression, lines }) => {
			const column = added.get(name)
			const [from, to] = lines
			const text = from === to ? `line ${from} of its script` : `lines ${from} to ${to} of its script`
			return column === undefined ? [] : [derived(name, column.type, { expression, text }, context.provenance)]
		}),
		...untouched.map(({ name, type }) =>
			derived(name, type, { expression: literal(null, type), text: 'not set by its script' }, context.provenance),
		),
	]
	const operator: ProjectOperator = {
		...base(context),
		kind: 'project',
		passThrough: 'all',
		drop: [],
		columns,
		evaluation: 'together',
		reject: {},
	}
	add(context, operator)
	context.parts.takes.set(input.id, port(operator, 'in'))
	context.parts.gives.set(only.record.id, { from: port(operator, 'out'), buffer: only.leaving })
	return true
}

/** Rows go to every synchronous output, but to one of an exclusion group only where the script sends them. */
function scriptOutput({ record, port: name, leaving }: Output, { component }: ComponentContext): ScriptOutput {
	const own = new Set(record.columns.map(({ lineage }) => lineage))
	const columns = leaving.filter(({ lineage }) => own.has(lineage)).map(columnOf)
	if (record.synchronousInput === undefined) return { port: name, rows: 'made', columns }
	const element = childrenOf(component.element, 'outputs')
		.flatMap((list) => childrenOf(list, 'output'))
		.find((one) => one.lines === record.lines || one.attributes.get('name') === record.name)
	const group = Number(element?.attributes.get('exclusionGroup') ?? 0)
	return { port: name, rows: group > 0 ? 'sent' : 'all', columns }
}

/** Does it work on files or the web? What it does there has the order of the rows. */
function reachesOutside(program: ScriptProgram): boolean {
	let found = false
	visitProgram(program, (part) => {
		if (part.kind === 'call' && scriptOperation(part.operation).helper !== undefined) found = true
	})
	return found
}

function columnsRead(program: ScriptProgram): readonly string[] {
	const names = new Set<string>()
	visitProgram(program, (part) => {
		if (part.kind === 'column' || part.kind === 'column-is-null') names.add(part.name)
	})
	return [...names]
}

function replaced(program: ScriptProgram, writable: readonly string[], arriving: Buffer) {
	const names = new Set<string>()
	for (const { body } of program.methods) {
		visitStatements(body, (one) => {
			if (one.kind === 'set' && one.target.kind === 'column' && one.target.output === '') names.add(one.target.name)
		})
	}
	return arriving.filter(({ name }) => writable.includes(name) && names.has(name)).map(columnOf)
}

/** Fields that something changes carry from row to row; code that asks for its rows sees them in order. */
function remembers(program: ScriptProgram): boolean {
	const { entry } = program
	if (entry.allRows !== undefined) return true
	if (entry.eachRow === undefined) return false
	if (drawsInOrder(program)) return true
	let found = false
	for (const method of program.methods) {
		if (method.name === entry.before) continue
		visitStatements(method.body, (one) => {
			if (one.kind === 'set' && one.target.kind === 'field') found = true
			if (one.kind === 'add-row') found = true
			if (one.kind === 'do') found = true
		})
	}
	return found || entry.makeRows !== undefined
}

function drawsInOrder(program: ScriptProgram): boolean {
	let found = false
	visitProgram(program, (part) => {
		if (part.kind === 'call' && scriptOperation(part.operation).isSequence === true) found = true
	})
	return found
}

/** A decimal that is not just a column's own value goes into a column of fixed scale. */
function setsDecimals(program: ScriptProgram): boolean {
	let found = false
	for (const { body } of program.methods) {
		visitStatements(body, (one) => {
			if (one.kind !== 'set' || one.target.kind !== 'column' || one.target.type.kind !== 'decimal') return
			const { value } = one
			const isShort =
				value.kind === 'literal' &&
				(value.value === null ||
					(typeof value.value === 'object' &&
						value.value.kind === 'decimal' &&
						value.value.scale <= one.target.type.scale))
			if (!isShort && value.kind !== 'column') found = true
		})
	}
	return found
}

/** A moment is taken for local time where it becomes a file time, one that was a file time before as well. */
function setsFileTimes(program: ScriptProgram, buffer: Buffer): boolean {
	const fileTimes = new Set(buffer.filter(({ type }) => type.name === 'DT_FILETIME').map(({ name }) => name))
	let found = false
	for (const { body } of program.methods) {
		visitStatements(body, (one) => {
			if (one.kind !== 'set' || one.target.kind !== 'column' || !fileTimes.has(one.target.name)) return
			if (one.value.kind !== 'literal' || one.value.value !== null) found = true
		})
	}
	return found
}
