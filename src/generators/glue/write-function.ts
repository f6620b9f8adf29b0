/** Functions that write a target. */
import { pyString } from '#languages/python.ts'
import { joinFields } from '#model/field-ends.ts'
import type { OperatorOf } from '#model/operators.ts'
import type { FieldEnd, TextFileTarget } from '#model/places.ts'
import { changeOf } from '#model/places.ts'
import type { Node } from '../text/tree.ts'
import { indent } from '../text/tree.ts'
import { docText } from './doc-text.ts'
import { driverValue } from './driver-value.ts'
import { column, reference } from './emit/columns.ts'
import type { PlacePlan } from './plan/job-plan.ts'
import { pathText } from './read-function.ts'
import { cacheLines, commandLines, rowFilesLines, rowsLines, workbookLines } from './run-rows.ts'
import type { ScriptContext } from './script-context.ts'
import { dataSetBody, tableBody } from './table-write.ts'
import { isUtf8 } from './text-read.ts'

const saveModes = { overwrite: 'overwrite', append: 'append', create: 'errorifexists' } as const

/** Body of a write function, below its docstring. */
export function writeBody(place: PlacePlan, operator: OperatorOf<'write'>, script: ScriptContext): Node {
	const { target } = operator
	if (target.kind === 'none') return indent(['frame.write.format("noop").mode("overwrite").save()'])
	if (target.kind === 'text-file') return textFile(place, operator, target, script)
	if (target.kind === 'workbook') return indent(workbookLines(pathText(place, script), operator, target, script))
	if (target.kind === 'row-files') return indent(rowFilesLines(pathText(place, script), operator, target, script))
	if (target.kind === 'cache') return indent(cacheLines(operator, target.name))
	if (target.kind === 'rows') return indent(rowsLines(operator, target.variable, script))
	if (target.kind === 'command') return indent(commandLines(operator, target, script))
	return target.kind === 'table' ? tableBody(operator, target, script) : dataSetBody(place, operator, target, script)
}

function textFile(
	place: PlacePlan,
	operator: OperatorOf<'write'>,
	target: TextFileTarget,
	script: ScriptContext,
): Node {
	const { layout } = target
	const { columns } = operator.schema
	const fields = columns.map(({ name, type }, index) => {
		if (target.quoted[index] === true && layout.quote !== undefined) {
			return `${script.use('in_quotes')}(${pyString(reference(name))}, ${pyString(layout.quote)}, ${target.doubleQuotes ? 'True' : 'False'})`
		}
		return type.kind === 'string' ? pyString(reference(name)) : `${column(name).code}.cast("string")`
	})
	// A null is nothing at all between its delimiters.
	const line =
		layout.fields !== undefined
			? joined(operator, layout.fields)
			: fields.length === 1 && /^["']/.test(fields[0] ?? '')
				? `F.coalesce(${fields[0] ?? ''}, F.lit(""))`
				: `F.array_join(F.array(${fields.join(', ')}), ${pyString(layout.delimiter)}, "")`
	const lines: Node[] = [`lines = frame.select(${line}.alias("value"))`]
	const head = [...(target.above ?? []), ...(layout.header ? [headerText(operator, target)] : [])]
	if (target.aboveText !== undefined) {
		const text = driverValue(target.aboveText.expression, script.driver)
		const given = [text, pyString(layout.recordDelimiter), ...head.map(pyString)]
		lines.push(`lines = ${script.use('with_text')}(lines, ${given.join(', ')})`)
	} else if (head.length > 0)
		lines.push(`lines = ${script.use('with_header')}(lines, ${pyString(head.join(layout.recordDelimiter))})`)
	if (!isUtf8(layout.encoding))
		lines.push(`lines = lines.select(F.encode("value", ${pyString(layout.encoding)}).cast("string").alias("value"))`)
	const options = [
		`option("lineSep", ${pyString(layout.recordDelimiter)})`,
		...(isUtf8(layout.encoding) ? [] : [`option("encoding", ${pyString(layout.encoding)})`]),
		...(target.compression === undefined ? [] : [`option("compression", "${target.compression}")`]),
	]
	lines.push(
		`writer = lines.write.mode("${saveModes[target.mode]}").format("text").${options.join('.')}`,
		`writer.save(${pathText(place, script)})`,
	)
	return indent(lines)
}

/** Fields with their own ends: filled up with blanks to their width, or followed by their delimiter. */
function joined({ schema }: OperatorOf<'write'>, ends: readonly FieldEnd[]): string {
	const parts = schema.columns.flatMap(({ name }, index) => {
		const end = ends[index]
		const text = `F.coalesce(${column(name).code}, F.lit(""))`
		if (end?.kind === 'width') return [`F.rpad(${text}, ${end.width}, " ")`]
		return index === schema.columns.length - 1 ? [text] : [text, `F.lit(${pyString(end?.delimiter ?? '')})`]
	})
	return `F.concat(${parts.join(', ')})`
}

function headerText(operator: OperatorOf<'write'>, { layout, quotedHeader, doubleQuotes }: TextFileTarget): string {
	const { quote } = layout
	const names = operator.schema.columns.map(({ name }) => {
		if (!quotedHeader || quote === undefined) return name
		return quote + (doubleQuotes ? name.replaceAll(quote, quote + quote) : name) + quote
	})
	return joinFields(names, layout)
}

/** One-line description of a target for its docstring. */
export function targetText(operator: OperatorOf<'write'>): string {
	const { target } = operator
	if (target.kind === 'text-file') return `text file ${docText(target.path.text)}`
	if (target.kind === 'data-set') return `data set ${docText(target.path.text)}`
	if (target.kind === 'none') return 'rows are only counted'
	if (target.kind === 'row-files') return `a file for each row, below ${docText(target.path.text)}`
	if (target.kind === 'workbook') return `${docText(target.range.text)} of the workbook ${docText(target.path.text)}`
	if (target.kind === 'cache') return `cache ${docText(target.name)}, for later data flows`
	if (target.kind === 'rows') return `rows for the variable ${docText(target.variable)}`
	if (target.kind === 'command') return `a statement for each row, on ${docText(target.connection)}`
	const change = changeOf(target)
	const allowed = target.kind === 'table' && target.mode === 'insert-allowed' ? ', rows that its unique keys allow' : ''
	const how = change === undefined ? allowed : `, ${change.mode} by ${docText(change.keys.join(', '))}`
	return `table ${docText(target.table.text)} of ${docText(target.connection)}${how}`
}
