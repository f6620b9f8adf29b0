/** Bodies of functions that hand rows to the rest of the run, or to a statement one by one. */
import { pyString } from '#languages/python.ts'
import type { OperatorOf } from '#model/operators.ts'
import type { CommandTarget, RowFilesTarget, WorkbookTarget } from '#model/places.ts'
import type { Schema } from '#model/types.ts'
import { identifier } from '../names.ts'
import { driverValue } from './driver-value.ts'
import { column, list } from './emit/columns.ts'
import type { ScriptContext } from './script-context.ts'

/** `F.col("A")` as `"A"`, where names do. */
const simple = (code: string): string => /^F\.col\((["'].*["'])\)$/.exec(code)?.[1] ?? code

const picked = (frame: string, schema: Schema): string =>
	`${frame}.select(${list(schema.columns.map(({ name }) => simple(column(name).code)))})`

/** Name of the temporary view that a cache is. */
const viewOf = (cache: string): string => pyString(`cache_${identifier(cache)}`)

/** The rows are fixed now, as a cache holds them, not when somebody reads them. */
export function cacheLines({ schema }: OperatorOf<'write'>, cache: string): readonly string[] {
	return [`${picked('frame', schema)}.localCheckpoint().createOrReplaceTempView(${viewOf(cache)})`]
}

export const cacheRead = ({ schema }: OperatorOf<'read'>, cache: string): string =>
	`return ${picked(`spark.table(${viewOf(cache)})`, schema)}`

export function rowsLines({ schema }: OperatorOf<'write'>, variable: string, script: ScriptContext): readonly string[] {
	return [
		`${script.variable(variable)} = ${script.use('keep_rows')}(${picked('frame', schema)}, ${pyString(variable)})`,
	]
}

export function commandLines(
	{ schema }: OperatorOf<'write'>,
	target: CommandTarget,
	script: ScriptContext,
): readonly string[] {
	const connection = `params[${pyString(script.plan.connections.get(target.connection) ?? '')}]`
	return [
		`statement = ${driverValue(target.sql.expression, script.driver)}`,
		`${script.use('for_each_row')}(${picked('frame', schema)}, ${connection}, statement)`,
	]
}

export function workbookLines(
	path: string,
	{ schema }: OperatorOf<'write'>,
	target: WorkbookTarget,
	script: ScriptContext,
): readonly string[] {
	const range = driverValue(target.range.expression, script.driver)
	return [`${script.use('append_workbook')}(${picked('frame', schema)}, ${path}, ${range})`]
}

export function rowFilesLines(
	folder: string,
	{ schema }: OperatorOf<'write'>,
	target: RowFilesTarget,
	script: ScriptContext,
): readonly string[] {
	const options = [
		...(target.existing === 'fail' ? [] : [`existing=${pyString(target.existing)}`]),
		...(target.encoding === 'utf-8' ? [] : [`encoding=${pyString(target.encoding)}`]),
		...(target.byteOrderMark ? ['mark=True'] : []),
	]
	return [`${script.use('write_files')}(${[picked('frame', schema), folder, ...options].join(', ')})`]
}
