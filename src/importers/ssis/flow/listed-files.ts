/**
 * The files of a Multiple Flat Files connection manager: names or patterns, with `|` between them. All have the same form, each with
 * a header of its own (Microsoft: Multiple Flat Files Connection Manager).
 */
import type { SourcedExpression } from '#model/expressions.ts'
import { valueText } from '#model/json-values.ts'
import type { PortRef, ReadOperator, UnionOperator } from '#model/operators.ts'
import type { ConnectionRecord } from '../formats/records.ts'
import { textOf } from '../package-scope.ts'
import type { Buffer } from './buffer.ts'
import { columnOf } from './buffer.ts'
import type { ComponentContext, Refusal } from './parts.ts'
import { add, base, connect, declare, port, refuse } from './parts.ts'

/** The paths in the order of the list; of any other connection manager, its one path. */
export function listedFiles(
	context: ComponentContext,
	connection: ConnectionRecord,
	path: SourcedExpression,
): readonly SourcedExpression[] | Refusal {
	if (connection.type !== 'MULTIFLATFILE') return [path]
	const paths = pathsOf(path)
	if (paths === undefined) return refuse('an expression lists the files of its connection manager')
	const unlike = paths.find(({ text }) => /[{}[\]^]/.test(text))
	if (unlike !== undefined) return refuse(`the path ${unlike.text} means something else to Spark`)
	const patterns = paths.filter(({ expression, text }) => expression.kind !== 'literal' || /[*?]/.test(text))
	if (
		(patterns.length > 0 || paths.length > 1) &&
		(context.component.properties.get('FileNameColumnName') ?? '') !== ''
	)
		return refuse('it adds a column with the names of several files')
	for (const { text } of patterns) declare(context, 'RG-D152', `It reads the files that fit ${text}.`)
	return paths
}

function pathsOf(path: SourcedExpression): readonly SourcedExpression[] | undefined {
	if (path.expression.kind !== 'literal') return path.text.includes('|') ? undefined : [path]
	const names = valueText(path.expression.value ?? '').split('|')
	const named = names.map((name) => name.trim()).filter((name) => name !== '')
	return named.length > 1 ? named.map(textOf) : [path]
}

/** All rows of the first file, then all of the second, … */
export function inSequence(context: ComponentContext, reads: readonly ReadOperator[], buffer: Buffer): PortRef {
	add(context, ...reads)
	const [first] = reads
	if (first !== undefined && reads.length === 1) return port(first, 'out')
	const all: UnionOperator = {
		...base(context, 'files'),
		kind: 'union',
		how: 'sequence',
		inputs: reads.length,
		keys: [],
		columns: buffer.map((one) => ({ column: columnOf(one), from: reads.map(() => one.name) })),
	}
	add(context, all)
	for (const [index, read] of reads.entries())
		connect(context, { from: port(read, 'out'), buffer }, port(all, `in${index}`))
	return port(all, 'out')
}
