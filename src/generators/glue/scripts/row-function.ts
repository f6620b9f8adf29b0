/** The function over rows that a script component becomes. */
import type { Py } from '#languages/python.ts'
import { atom, pyString } from '#languages/python.ts'
import type { ScriptOperator } from '#model/operators.ts'
import type { ScriptMethod, ScriptProgram, ScriptStatement } from '#model/scripts.ts'
import { visitStatements } from '#model/scripts.ts'
import type { DataType } from '#model/types.ts'
import { identifier } from '../../names.ts'
import type { Node } from '../../text/tree.ts'
import { indent } from '../../text/tree.ts'
import { docText } from '../doc-text.ts'
import { printMethods, stateLines } from './methods.ts'
import { toStored } from './outside-values.ts'
import type { ScriptSpelling } from './printer.ts'
import { ScriptNames } from './printer.ts'
import { setFirst } from './set-first.ts'
import type { StatementContext } from './statements.ts'
import { printStatements } from './statements.ts'
import { withoutUnread } from './unread.ts'

export interface RowFunction {
	readonly lines: readonly Node[]
}

/** Values of variables and parameters, which stand before the function, and names that the function must not take. */
export interface OutsideValues {
	readonly names: readonly string[]
	value(this: void, name: string): Py
	place(this: void, path: Py): Py
	connection(this: void, name: string): Py
}

/** The program as it is printed. */
export function readProgram({ program, sets }: ScriptOperator): ScriptProgram {
	return withoutUnread(
		program,
		sets.map(({ variable }) => variable),
	)
}

/** @param several are there several outputs, or variables to set? Then each row says by its key where it goes. */
export function rowFunction(
	operator: ScriptOperator,
	name: string,
	types: ReadonlyMap<string, DataType>,
	outside: OutsideValues,
	several: boolean,
): RowFunction {
	const { outputs } = operator
	const program = readProgram(operator)
	const { entry } = program
	const made = new Map(
		outputs
			.filter(({ rows }) => rows === 'made')
			.map(({ port }) => [port, several ? identifier(`${port} rows`) : 'made']),
	)
	const sent = outputs.some(({ rows }) => rows === 'sent')
	const spelling: ScriptSpelling = {
		variable: outside.value,
		parameter: outside.value,
		cell: (column) => atom(`row[${pyString(column)}]`),
		place: outside.place,
		connection: outside.connection,
		cellKind: (column) => {
			const type = types.get(column)
			return type?.kind === 'date' || type?.kind === 'time' ? type.kind : 'other'
		},
	}
	const fields = new ScriptNames([...made.values(), ...outside.names])
	const methods = new ScriptNames([...made.values(), ...outside.names, name])
	const context = (taken: readonly string[] = []): StatementContext => ({
		program,
		spelling,
		fields,
		methods,
		locals: new ScriptNames([...taken, ...outside.names]),
		setVariable: () => '',
		setCell: (output, column, value) =>
			output === ''
				? `row[${pyString(column)}] = ${value}`
				: `${made.get(output) ?? ''}[-1][${pyString(column)}] = ${value}`,
		addRow: (output, cells) => addRow(operator, output, made.get(output) ?? '', cells),
		sendRow: (output) => `sent.add(${pyString(output)})`,
		setResult: () => [],
	})
	const methodOf = (wanted: string | undefined): ScriptMethod | undefined =>
		program.methods.find((one) => one.name === wanted)
	const own = new Set(Object.values(entry))
	const helpers = printMethods(
		program,
		program.methods.filter((one) => !own.has(one.name)),
		context,
		fields,
	)
	const each = methodOf(entry.eachRow)
	const leaves = each !== undefined && hasReturn(each.body)
	const perRow =
		each !== undefined && leaves
			? printMethods(program, [each], context, fields, ['row: dict[str, Any]', ...(sent ? ['sent: set[str]'] : [])])
			: []
	const inline = (method: ScriptMethod | undefined, eachRow?: StatementContext['eachRow']): readonly Node[] => {
		if (method === undefined) return []
		if (hasReturn(method.body))
			return [...printMethods(program, [method], context, fields), `${methods.of(method.name)}()`]
		const own = context([...fields.all, ...methods.all, ...made.values()])
		return printStatements(method.body, eachRow === undefined ? own : { ...own, eachRow })
	}
	const body: Node[] = []
	if (operator.reachesOutside === true) body.push('spark = SparkSession.active()')
	for (const list of made.values()) body.push(`${list}: list[dict[str, Any]] = []`)
	const begins = [entry.connect, entry.before].flatMap((one) => methodOf(one) ?? [])
	body.push(...stateLines(program, context(), setFirst(program, begins)), ...helpers, ...perRow)
	for (const method of begins) body.push(...inline(method))
	if (!operator.hasInput) body.push(...inline(methodOf(entry.makeRows)))
	const all = methodOf(entry.allRows)
	const first = [...added(operator), ...(sent ? ['sent: set[str] = set()'] : [])]
	const last = given(operator, several)
	if (all !== undefined) body.push(...inline(all, last.length === 0 ? undefined : { first, last }))
	else if (operator.hasInput) {
		const call = each !== undefined && leaves ? [`${methods.of(each.name)}(row${sent ? ', sent' : ''})`] : inline(each)
		const steps = [...first, ...call, ...last]
		body.push('for row in rows:', indent(steps.length === 0 ? 'pass' : steps))
	}
	for (const name of [entry.afterRows, entry.after, entry.release]) body.push(...inline(methodOf(name)))
	const sets = operator.sets.map(
		({ variable, type }) => `${pyString(variable)}: ${toStored(atom(fields.of(variable)), type).code}`,
	)
	body.push(...handedOver(operator, made, several))
	if (sets.length > 0) body.push(`yield {${pyString(variablesPort)}: {${sets.join(', ')}}}`)
	const doc = `"""${program.language === 'vb' ? 'Visual Basic' : 'C#'} code of ${docText(operator.name)}: ${program.intents.join(', ')}."""`
	return {
		lines: [`def ${name}(rows: Iterator[dict[str, Any]]) -> Iterator[dict[str, Any]]:`, indent([doc, ...body]), ''],
	}
}

/** Key of the row that holds what variables get, beside the outputs. */
export const variablesPort = '_variables'

/** Rows that were gathered, at the end; a function that gives none is still one that gives rows. */
function handedOver(operator: ScriptOperator, made: ReadonlyMap<string, string>, several: boolean): readonly string[] {
	if (made.size === 0) return hasYield(operator) ? [] : ['yield from ()']
	return [...made].map(([port, list]) =>
		several ? `yield from ({${pyString(port)}: one} for one in ${list})` : `yield from ${list}`,
	)
}

const hasYield = (operator: ScriptOperator): boolean => operator.outputs.some(({ rows }) => rows !== 'made')

/** New columns of the row begin as null: a `map` of them, unless the row has them by now. */
function added(operator: ScriptOperator): readonly string[] {
	const names = operator.outputs.flatMap(({ rows, columns }) =>
		rows === 'made' ? [] : columns.map(({ name }) => name),
	)
	if (names.length === 0) return []
	const always = alwaysSet(operator)
	const missing = names.filter((name) => !always.has(name))
	return missing.map((name) => `row[${pyString(name)}] = None`)
}

/** Columns that the row method sets whatever happens, at its top level. */
function alwaysSet({ program }: ScriptOperator): ReadonlySet<string> {
	const method = program.methods.find(({ name }) => name === program.entry.eachRow)
	const names = new Set<string>()
	if (method === undefined || hasReturn(method.body)) return names
	for (const one of method.body) {
		if (one.kind === 'set' && one.target.kind === 'column' && one.target.output === '') names.add(one.target.name)
	}
	return names
}

/** The row goes on, to one output or to several. */
function given(operator: ScriptOperator, several: boolean): readonly Node[] {
	const passing = operator.outputs.filter(({ rows }) => rows !== 'made')
	if (!several) {
		const [only] = passing
		if (only === undefined) return []
		return only.rows === 'sent' ? [`if ${pyString(only.port)} in sent:`, indent('yield row')] : ['yield row']
	}
	return passing.flatMap(({ port, rows, columns }): readonly Node[] => {
		const others = passing.filter((one) => one.port !== port).flatMap((one) => one.columns.map(({ name }) => name))
		const kept = columns.length > 0 || others.length > 0 ? 'dict(row)' : 'row'
		const line = `yield {${pyString(port)}: ${kept}}`
		return rows === 'sent' ? [`if ${pyString(port)} in sent:`, indent(line)] : [line]
	})
}

function addRow(
	{ outputs }: ScriptOperator,
	port: string,
	list: string,
	cells: readonly (readonly [string, string])[],
): string {
	const columns = outputs.find((one) => one.port === port)?.columns ?? []
	const given_ = new Map(cells)
	const entries = columns.map(({ name }) => `${pyString(name)}: ${given_.get(name) ?? 'None'}`)
	return `${list}.append({${entries.join(', ')}})`
}

export function hasReturn(body: readonly ScriptStatement[]): boolean {
	let found = false
	visitStatements(body, (one) => {
		if (one.kind === 'return') found = true
	})
	return found
}
