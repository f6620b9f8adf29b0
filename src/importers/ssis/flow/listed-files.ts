/**
 * The files of a Multiple Flat Files connection manager: names or patterns, with `|` between them. All have the same form, each with
 * a header of its own (Microsoft: Multiple Flat Files Connection Manager).
 */
import type { SourcedExpression } from '#model/expressions.ts'
import { valueText } from '#model/json-values.ts'
import type { ProjectOperator, ReadOperator, UnionOperator } from '#model/operators.ts'
import type { TextFileSource } from '#model/places.ts'
import type { ConnectionRecord } from '../formats/records.ts'
import { textOf } from '../package-scope.ts'
import type { Buffer, BufferColumn, Stream } from './buffer.ts'
import { columnOf } from './buffer.ts'
import type { ComponentContext, Refusal } from './parts.ts'
import { add, base, connect, declare, port, refuse } from './parts.ts'
import { derived } from './values.ts'

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
	if (patterns.length > 0 && (context.component.properties.get('FileNameColumnName') ?? '') !== '')
		return refuse('it adds a column with the names of files that a pattern finds')
	for (const { text } of patterns) declare(context, 'RG-D152', `It reads the files that fit ${text}.`)
	return paths
}

function pathsOf(path: SourcedExpression): readonly SourcedExpression[] | undefined {
	if (path.expression.kind !== 'literal') return path.text.includes('|') ? undefined : [path]
	const names = valueText(path.expression.value ?? '').split('|')
	const named = names.map((name) => name.trim()).filter((name) => name !== '')
	return named.length > 1 ? named.map(textOf) : [path]
}

/**
 * All rows of the first file, then all of the second, …
 *
 * @param name a column besides, which takes the path that the list has for the file of the row
 */
export function inSequence(
	context: ComponentContext,
	reads: readonly (ReadOperator & { readonly source: TextFileSource })[],
	buffer: Buffer,
	name: BufferColumn | undefined,
): Stream {
	add(context, ...reads)
	const streams = reads.map((read, index): Stream => {
		const stream = { from: port(read, 'out'), buffer }
		if (name === undefined) return stream
		const named: ProjectOperator = {
			...base(context, `file ${index + 1}`),
			kind: 'project',
			passThrough: 'all',
			drop: [],
			columns: [derived(name.name, name.type, read.source.path, context.provenance)],
			evaluation: 'together',
			reject: {},
		}
		add(context, named)
		connect(context, stream, port(named, 'in'))
		return { from: port(named, 'out'), buffer: [...buffer, name] }
	})
	const [first] = streams
	if (first !== undefined && streams.length === 1) return first
	const all: UnionOperator = {
		...base(context, 'files'),
		kind: 'union',
		how: 'sequence',
		inputs: streams.length,
		keys: [],
		columns: (first?.buffer ?? []).map((one) => ({ column: columnOf(one), from: streams.map(() => one.name) })),
	}
	add(context, all)
	for (const [index, stream] of streams.entries()) connect(context, stream, port(all, `in${index}`))
	return { from: port(all, 'out'), buffer: first?.buffer ?? [] }
}
