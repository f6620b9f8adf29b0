/** Functions that read a source. */
import { pyString } from '#languages/python.ts'
import type { OperatorOf } from '#model/operators.ts'
import type { QuerySource, WorkbookSource, XmlSource, XmlTextSource } from '#model/places.ts'
import type { Node } from '../text/tree.ts'
import { indent } from '../text/tree.ts'
import { docText } from './doc-text.ts'
import { driverValue, longString } from './driver-value.ts'
import { typeText } from './emit/columns.ts'
import { notTranslated, stub } from './emit/opaque.ts'
import type { PlacePlan } from './plan/job-plan.ts'
import { derivedPath } from './plan/job-plan.ts'
import { cacheRead } from './run-rows.ts'
import type { ScriptContext } from './script-context.ts'
import { bareStatement, splitMarkers, splitWith } from './statements.ts'
import type { ReadNeeds } from './text-read.ts'
import { textFileBody } from './text-read.ts'

/** Body of a read function, below its docstring. */
export function readBody(
	place: PlacePlan,
	operator: OperatorOf<'read'>,
	needs: ReadNeeds,
	script: ScriptContext,
): Node {
	const { source } = operator
	switch (source.kind) {
		case 'text-file':
			return textFileBody(pathText(place, script), operator, source, needs, script)
		case 'table':
			return table(
				operator,
				source.connection,
				`.option("dbtable", ${driverValue(source.table.expression, script.driver)}).load()`,
				script,
			)
		case 'data-set':
			return dataSet(place, operator, script)
		case 'query':
			return query(operator, source, script)
		case 'workbook':
			return workbook(place, operator, source, script)
		case 'xml':
			return xml(place, operator, source, script)
		case 'xml-text':
			return xmlText(operator, source, script)
		case 'cache':
			return indent([cacheRead(operator, source.name)])
		case 'other':
			return stub(`${script.noun} ${operator.name}: ${notTranslated(source)}`)
	}
}

/** Path of a place: its argument, or what follows from others where it is not given. */
export function pathText(place: PlacePlan, script: ScriptContext): string {
	const given = `params[${pyString(place.argument ?? '')}]`
	if (place.derived === undefined) return given
	const path = derivedPath(place.derived, script.driver)
	// A variable may hold a path of the old place, or one that a loop has found in the new place.
	const moves = place.derived.needsVariables && place.derived.prefix === undefined && hasPaths(script)
	return `${given} or ${moves ? `${script.use('relocated')}(${path}, PATHS)` : path}`
}

const hasPaths = ({ plan }: ScriptContext): boolean => Object.keys(plan.paths).length > 0

function connectionText(connection: string, script: ScriptContext): string {
	return `params[${pyString(script.plan.connections.get(connection) ?? '')}]`
}

/** Names and types that a database source has, as the helpers take them. */
function schemaText(operator: OperatorOf<'read'>): string {
	const entries = operator.schema.columns.map(
		({ name, type }) => `${pyString(name)}: ${pyString(type.kind === 'time' ? 'time' : typeText(type))}`,
	)
	return `{${entries.join(', ')}}`
}

function table(operator: OperatorOf<'read'>, connection: string, load: string, script: ScriptContext): Node {
	const reader = `spark.read.format("jdbc").options(**${script.use('jdbc')}(${connectionText(connection, script)}))`
	if (operator.schema.open) return indent([`return ${reader}${load}`])
	return indent([`rows = ${reader}${load}`, `return ${script.use('typed')}(rows, ${schemaText(operator)})`])
}

/** Columns by name and type, whatever another job left beside them; the others too where they travel along. */
function dataSet(place: PlacePlan, operator: OperatorOf<'read'>, script: ScriptContext): Node {
	const load = `spark.read.format("parquet").load(${pathText(place, script)})`
	if (operator.schema.open) return indent([`return ${load}`])
	return indent([`rows = ${load}`, `return ${script.use('typed')}(rows, ${schemaText(operator)})`])
}

function query(operator: OperatorOf<'read'>, source: QuerySource, script: ScriptContext): Node {
	const text =
		source.sql.expression.kind === 'literal' && typeof source.sql.expression.value === 'string'
			? source.sql.expression.value
			: undefined
	const values = source.parameters.map((parameter) => driverValue(parameter, script.driver))
	const parts = text === undefined || source.form !== 'prepared' ? undefined : splitWith(text)
	if (source.form === 'select' && (text !== undefined || values.length === 0)) {
		const statement =
			text === undefined
				? driverValue(source.sql.expression, script.driver)
				: bound(bareStatement(text), values, script)
		return ask(operator, source.connection, [`.option("query", query)`], [`query = ${statement}`], script)
	}
	if (parts !== undefined) {
		const all = splitMarkers(parts.prepare).length - 1
		const lines = [
			`prepare = ${bound(parts.prepare, values.slice(0, all), script)}`,
			`query = ${bound(parts.query, values.slice(all), script)}`,
		]
		return ask(
			operator,
			source.connection,
			['.option("prepareQuery", prepare)', '.option("query", query)'],
			lines,
			script,
		)
	}
	const statement = text === undefined ? driverValue(source.sql.expression, script.driver) : longString(text)
	return indent([
		`statement = ${statement}`,
		`schema = ${schemaText(operator)}`,
		`return ${script.use('sql')}(spark, ${connectionText(source.connection, script)}, statement, [${values.join(', ')}], schema)`,
	])
}

function ask(
	operator: OperatorOf<'read'>,
	connection: string,
	options: readonly string[],
	lines: readonly string[],
	script: ScriptContext,
): Node {
	const body = table(operator, connection, `${options.join('')}.load()`, script)
	return [indent(lines), body]
}

/** Statement text with its markers replaced by SQL literals, since Spark binds none. */
function bound(sql: string, values: readonly string[], script: ScriptContext): string {
	if (values.length === 0) return longString(sql)
	const parts = splitMarkers(sql)
	return parts
		.map((part, index) => {
			const value = values[index]
			return value === undefined || index === parts.length - 1
				? longString(part)
				: `${longString(part)} + ${script.use('sql_literal')}(${value})`
		})
		.join(' + ')
}

function workbook(place: PlacePlan, operator: OperatorOf<'read'>, source: WorkbookSource, script: ScriptContext): Node {
	const range = driverValue(source.range.expression, script.driver)
	return indent([
		`columns = ${schemaText(operator)}`,
		`return ${script.use('read_workbook')}(spark, ${pathText(place, script)}, ${range}, ${source.header ? 'True' : 'False'}, columns)`,
	])
}

function xml(place: PlacePlan, { schema }: OperatorOf<'read'>, source: XmlSource, script: ScriptContext): Node {
	return indent([
		`columns = [${schema.columns.map(({ name }) => pyString(name)).join(', ')}]`,
		`return ${script.use('read_xml')}(spark, ${pathText(place, script)}, ${pyString(source.row)}, columns)`,
	])
}

function xmlText({ schema }: OperatorOf<'read'>, source: XmlTextSource, script: ScriptContext): Node {
	return indent([
		`columns = [${schema.columns.map(({ name }) => pyString(name)).join(', ')}]`,
		`return ${script.use('xml_rows')}(spark, ${driverValue(source.text.expression, script.driver)}, ${pyString(source.row)}, columns)`,
	])
}

/** One-line description of a source for its docstring. */
export function sourceText(operator: OperatorOf<'read'>): string {
	const { source } = operator
	if (source.kind === 'text-file') return `text file ${docText(source.path.text)}`
	if (source.kind === 'table') return `table ${docText(source.table.text)} of ${docText(source.connection)}`
	if (source.kind === 'workbook') return `${docText(source.range.text)} of the workbook ${docText(source.path.text)}`
	if (source.kind === 'xml') return `elements ${docText(source.row)} of the XML file ${docText(source.path.text)}`
	if (source.kind === 'xml-text')
		return `elements ${docText(source.row)} of the XML that ${docText(source.text.text)} holds`
	if (source.kind === 'cache') return `cache ${docText(source.name)}, filled by an earlier data flow`
	if (source.kind === 'data-set') return `data set ${docText(source.path.text)}`
	return source.kind === 'query' ? `a query on ${docText(source.connection)}` : docText(source.sourceType)
}
