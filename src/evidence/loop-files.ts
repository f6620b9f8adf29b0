/** Files for loops that go over a folder, and for the sources that read the file of each pass. */

import type { JobEntry, PlaceEntry } from '#generators/jobs-file.ts'
import type { LoopTask } from '#model/control-flow.ts'
import { allTasks } from '#model/control-flow.ts'
import type { Expression } from '#model/expressions.ts'
import type { Job } from '#model/job.ts'
import { valueText } from '#model/json-values.ts'
import type { ReadOperator } from '#model/operators.ts'
import type { TextFileSource } from '#model/places.ts'
import type { SourceData } from '#reference/context.ts'
import { splitRecords } from '#reference/text-reader.ts'
import type { FlowInputs } from '#synthesis/scenario.ts'
import { encodeText } from './encoding.ts'
import type { WorkFolder } from './work-folder.ts'

type FilesLoop = LoopTask & { readonly over: Extract<LoopTask['over'], { readonly kind: 'files' }> }

export interface LoopFiles {
	/** Paths below the folder of each loop, by its id: those that it takes and one that it does not. */
	readonly files: ReadonlyMap<string, readonly string[]>
	/** Inputs of the flows, those that read the file of a pass by path. */
	readonly flows: ReadonlyMap<string, FlowInputs>
	/** Arguments: the folders, and nothing for the paths that follow from a pass. */
	readonly args: Readonly<Record<string, string>>
}

/** Writes `count` files for each loop; a source that reads the file of a pass has its records dealt over them. */
export async function placeLoopFiles(
	job: Job,
	entry: JobEntry,
	flows: ReadonlyMap<string, FlowInputs>,
	count: number,
	at: { readonly folder: WorkFolder; readonly name: string },
): Promise<LoopFiles> {
	const files = new Map<string, readonly string[]>()
	const args: Record<string, string> = {}
	const given = new Map(flows)
	const loops = allTasks(job.control).filter(
		(task): task is FilesLoop => task.kind === 'loop' && task.over.kind === 'files',
	)
	for (const [index, loop] of loops.entries()) {
		const place = entry.places.find(({ kind, id }) => kind === 'folder' && id === `${loop.id}/folder`)
		if (place?.argument === undefined || place.argument === null) continue
		const folder = `${at.name}/loop-${index}`
		args[place.argument] = at.folder.at(folder)
		const names = fileNames(loop, count)
		const readers = readersOf(loop, job, entry)
		for (const { argument } of readers) args[argument] = ''
		const texts = readers.map((reader) => dealt(reader, given.get(reader.flow)?.get(reader.operator.id), count))
		for (const [position, name] of names.entries()) {
			const [text = ''] = texts.map((parts) => parts[position] ?? '')
			const encoding = readers[0]?.source.layout.encoding ?? 'utf-8'
			await at.folder.write(`${folder}/${name}`, encodeText(text, encoding))
		}
		const paths = names.map((name) => at.folder.at(`${folder}/${name}`))
		files.set(loop.id, paths)
		for (const [turn, { flow, operator }] of readers.entries()) {
			const byPath = new Map(paths.map((path, position) => [path, texts[turn]?.[position] ?? '']))
			const data: SourceData = { kind: 'text', files: [], byPath }
			given.set(flow, new Map([...(given.get(flow) ?? []), [operator.id, data]]))
		}
	}
	return { files, flows: given, args }
}

/** Names that fit the pattern, in an order that is not that of their making, and one that does not fit if there is such. */
function fileNames({ over }: FilesLoop, count: number): readonly string[] {
	const pattern = over.pattern.expression.kind === 'literal' ? valueText(over.pattern.expression.value) : '*'
	const whole =
		pattern === '' || pattern === '*.*'
			? 'file*.txt'
			: pattern.includes('*') || pattern.includes('?')
				? pattern
				: undefined
	if (whole === undefined) return count > 0 ? [pattern] : []
	const names = Array.from({ length: count }, (_none, index) =>
		whole
			.replace('*', `part_${count - index}`)
			.replaceAll('*', 'x')
			.replaceAll('?', String((count - index) % 10)),
	)
	return pattern === '' || pattern.startsWith('*') ? names : [...names, `~other`]
}

interface Reader {
	readonly flow: string
	readonly operator: ReadOperator
	readonly source: TextFileSource
	readonly argument: string
}

/** Sources whose path is, as it stands, the variable that takes the path of the file. */
function readersOf({ over }: FilesLoop, job: Job, entry: JobEntry): readonly Reader[] {
	if (over.retrieve !== 'path') return []
	const bound = new Set(over.bindings.map(({ variable }) => variable))
	return job.flows.flatMap(({ id: flow, operators }) =>
		operators.flatMap((operator): readonly Reader[] => {
			if (operator.kind !== 'read' || operator.source.kind !== 'text-file') return []
			const { source } = operator
			const place = entry.places.find((one: PlaceEntry) => one.id === `${flow}/${operator.id}`)
			if (!isVariable(source.path.expression, bound, job) || place?.argument === undefined || place.argument === null)
				return []
			return [{ flow, operator, source, argument: place.argument }]
		}),
	)
}

function isVariable(path: Expression, bound: ReadonlySet<string>, job: Job): boolean {
	if (path.kind !== 'variable') return false
	if (bound.has(path.name)) return true
	const computed = job.variables.find(({ name }) => name === path.name)?.expression
	return computed?.expression.kind === 'variable' && bound.has(computed.expression.name)
}

/** The records of a source dealt over so many files, each with the head of the one that they come from. */
function dealt({ source }: Reader, data: SourceData | undefined, count: number): readonly string[] {
	if (data?.kind !== 'text') return []
	const headLines = source.skipLines + (source.layout.header ? 1 : 0)
	const all = data.files.map((file) => splitRecords(file, source.layout))
	const head = all[0]?.slice(0, headLines) ?? []
	const records = all.flatMap((lines) => lines.slice(headLines))
	const size = Math.max(1, Math.ceil(records.length / Math.max(count, 1)))
	return Array.from({ length: count }, (_none, part) =>
		[...head, ...records.slice(part * size, (part + 1) * size)]
			.map((line) => line + source.layout.recordDelimiter)
			.join(''),
	)
}
