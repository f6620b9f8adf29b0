/** Bodies of functions that write a table or a data set. */
import { pyString } from '#languages/python.ts'
import type { OperatorOf } from '#model/operators.ts'
import type { DataSetTarget, TableTarget } from '#model/places.ts'
import { changeOf, makesTable } from '#model/places.ts'
import type { Schema } from '#model/types.ts'
import type { Node } from '../text/tree.ts'
import { indent } from '../text/tree.ts'
import { driverValue } from './driver-value.ts'
import { column, list } from './emit/columns.ts'
import { assign } from './emit/context.ts'
import type { PlacePlan } from './plan/job-plan.ts'
import { pathText } from './read-function.ts'
import type { ScriptContext } from './script-context.ts'

/** `F.col("A")` as `"A"`, where names do. */
const simple = (code: string): string => /^F\.col\((["'].*["'])\)$/.exec(code)?.[1] ?? code

/** The frame with the columns of the target, in their order. */
const picked = (schema: Schema): string =>
	schema.open ? 'frame' : `frame.select(${list(schema.columns.map(({ name }) => simple(column(name).code)))})`

/** Only the keys: a table whose rows are deleted need not have the other columns. */
const keyColumns = (keys: readonly string[]): string =>
	`frame.select(${list(keys.map((name) => simple(column(name).code)))})`

const names = (columns: readonly string[]): string => `[${columns.map((name) => pyString(name)).join(', ')}]`

export function tableBody(operator: OperatorOf<'write'>, target: TableTarget, script: ScriptContext): Node {
	const connection = `params[${pyString(script.plan.connections.get(target.connection) ?? '')}]`
	const table = driverValue(target.table.expression, script.driver)
	const makes = makesTable(target)
	const change = makes ? undefined : changeOf(target)
	const rest = target.action === 'truncate' ? ', empty_first=True' : ''
	if (target.mode === 'insert-allowed' && !makes)
		return indent([
			`${script.use('change_table')}(${picked(operator.schema)}, ${connection}, ${table}, ${pyString(target.mode)}, []${rest})`,
		])
	if (change !== undefined) {
		return indent([
			`${script.use('change_table')}(${change.mode === 'delete' ? keyColumns(change.keys) : picked(operator.schema)}, ${connection}, ${table}, ${pyString(change.mode)}, ${names(change.keys)}${rest})`,
		])
	}
	const { action } = target
	const types = makes ? createdTypes(operator.schema) : ''
	const mode = action === undefined ? 'append' : action === 'create' ? 'errorifexists' : 'overwrite'
	const rows = picked(operator.schema)
	return indent([
		`options = ${script.use('jdbc')}(${connection})`,
		...(makes ? [] : [`rows = ${script.use('as_in_table')}(${rows}, options, ${table})`]),
		...(action === undefined ? [] : [notes[action]]),
		assign('writer', makes ? rows : 'rows', [
			'write.format("jdbc")',
			'options(**options)',
			`option("dbtable", ${table})`,
			...(action === 'truncate' ? ['option("truncate", True)'] : []),
			...(types === '' ? [] : [`option("createTableColumnTypes", ${pyString(types)})`]),
		]),
		`writer.mode("${mode}").save()`,
	])
}

const notes = {
	truncate: '# The table is emptied and keeps its definition.',
	replace: '# The table is made anew.',
	create: '# The table must not be there yet.',
} as const

/** Spark makes a text column as long as the database allows; the source as long as the column says. */
function createdTypes({ columns }: Schema): string {
	return columns
		.flatMap(({ name, type }) =>
			type.kind === 'string' && type.length !== undefined
				? [`\`${name.replaceAll('`', '``')}\` VARCHAR(${type.length})`]
				: [],
		)
		.join(', ')
}

const saveModes = { overwrite: 'overwrite', append: 'append', create: 'errorifexists' } as const

export function dataSetBody(
	place: PlacePlan,
	operator: OperatorOf<'write'>,
	target: DataSetTarget,
	script: ScriptContext,
): Node {
	const frame = picked(operator.schema)
	if (target.mode === 'upsert') {
		const keys = names(target.keys ?? [])
		return indent([`${script.use('change_data_set')}(${frame}, ${pathText(place, script)}, ${keys})`])
	}
	return indent([
		`writer = ${frame}.write.mode("${saveModes[target.mode]}").format("parquet")`,
		`writer.save(${pathText(place, script)})`,
	])
}
