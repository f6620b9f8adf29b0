/** A small package of one subject, with the files that it reads and those that it must write. Run by the reference and on Spark. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { partFiles } from '#engines/part-files.ts'
import type { Engine } from '#engines/port.ts'
import { generate } from '#generators/glue/generate.ts'
import { defaultOptions } from '#generators/glue/options.ts'
import { dtsxImporter } from '#importers/ssis/importer.ts'
import type { Task } from '#model/control-flow.ts'
import { allTasks } from '#model/control-flow.ts'
import type { Job } from '#model/job.ts'
import { makeTimestamp } from '#model/values.ts'
import type { Binding } from '#pipeline/run/bindings.ts'
import { runJob } from '#pipeline/run/run-job.ts'
import { generatedJobs, selectJob } from '#pipeline/run/select-job.ts'
import type { SourceData } from '#reference/context.ts'
import type { Outside } from '#reference/effects.ts'
import { interpretJob } from '#reference/job.ts'
import { parameterValues } from '#reference/parameters.ts'
import { dtsx } from './dtsx-builder.ts'
import type { Flow } from './ssis-flow.ts'
import { fileColumnType } from './ssis-flow.ts'

type Texts = Readonly<Record<string, string | number>>

export interface FileSpec {
	readonly path: string
	/** Column → type. */
	readonly columns: Readonly<Record<string, string>>
	readonly delimiter?: string
	/** Ends a row. */
	readonly end?: string
	readonly properties?: Texts
	/** Properties of single columns. */
	readonly own?: Readonly<Record<string, Texts>>
	/** Kind of the connection manager. */
	readonly type?: 'FLATFILE' | 'MULTIFLATFILE'
	/** An expression that computes the path. */
	readonly expression?: string
}

export interface PackageSpec {
	readonly name: string
	readonly files?: Readonly<Record<string, FileSpec>>
	readonly flows?: readonly Flow[]
	/** Instead of the flows alone, one after the other: everything between the variables and the end. */
	readonly control?: string
	readonly variables?: readonly string[]
	readonly extra?: readonly string[]
	readonly format?: 2 | 3 | 6 | 8
}

const escaped = (text: string): string =>
	text.replace(/[^A-Za-z0-9]/g, (sign) => `_x${sign.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`)

/** The connection manager of a text file, as the designer writes it. */
export function file(name: string, spec: FileSpec, format: 2 | 3 | 6 | 8 = 8): string {
	const x = dtsx(format)
	const modern = format >= 6
	const { delimiter = ',', end = '\r\n', own = {}, properties = {} } = spec
	const names = Object.keys(spec.columns)
	const columns = Object.entries(spec.columns).map(([column, type], index) =>
		x.element('FlatFileColumn', {
			ColumnType: 'Delimited',
			ColumnDelimiter: escaped(index === names.length - 1 ? end : delimiter),
			...fileColumnType(type),
			TextQualified: 'True',
			ObjectName: column,
			...own[column],
		}),
	)
	const settings = {
		Format: 'Delimited',
		LocaleID: 1033,
		HeaderRowDelimiter: escaped(end),
		RowDelimiter: '',
		TextQualifier: '_x003C_none_x003E_',
		CodePage: 1252,
		ColumnNamesInFirstDataRow: 'True',
		...properties,
		ConnectionString: spec.path,
	}
	const inside = modern ? `<DTS:FlatFileColumns>${columns.join('')}</DTS:FlatFileColumns>` : columns.join('')
	const computed =
		spec.expression === undefined
			? ''
			: `<DTS:PropertyExpression DTS:Name="ConnectionString">${spec.expression.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</DTS:PropertyExpression>`
	const data = `${computed}<DTS:ObjectData>${x.element('ConnectionManager', settings, inside)}</DTS:ObjectData>`
	const manager = x.element(
		'ConnectionManager',
		{ ObjectName: name, DTSID: `{${name.toUpperCase()}}`, CreationName: spec.type ?? 'FLATFILE' },
		data,
	)
	return modern ? `<DTS:ConnectionManagers>${manager}</DTS:ConnectionManagers>` : manager
}

export function packageOf(spec: PackageSpec): Uint8Array {
	const { name, files = {}, flows = [], variables = [], extra = [], format = 8 } = spec
	const x = dtsx(format)
	const tasks = flows.map((flow) => x.executable(flow.name, 'Microsoft.Pipeline', flow.pipeline()))
	const order = flows.slice(1).map((flow, index) => x.constraint(flows[index]?.name ?? '', flow.name))
	const control = spec.control ?? x.executables(...tasks) + (order.length > 0 ? x.constraints(...order) : '')
	const managers = Object.entries(files).map(([title, one]) => file(title, one, format))
	return x.package(name, ...managers, ...variables, ...extra, control)
}

export interface Case {
	readonly name: string
	readonly package: Uint8Array
	/** Path → text. */
	readonly inputs?: Readonly<Record<string, string>>
	/** Path → lines. */
	readonly expected?: Readonly<Record<string, readonly string[]>>
	/** The element that must stop the run instead. */
	readonly fails?: string
	readonly parameters?: Readonly<Record<string, string>>
	/** Are the lines in a certain order? */
	readonly ordered?: boolean
	readonly outside?: Outside
	/** The same package as another version stores it. */
	readonly inFormat?: (format: 2 | 3 | 6) => Uint8Array
	/** Values that variables must have at the end. */
	readonly variables?: Readonly<Record<string, string | number | bigint | boolean>>
}

export interface Result {
	readonly outputs: Readonly<Record<string, readonly string[]>>
	readonly failed?: string
	readonly opaque: readonly string[]
	readonly variables?: ReadonlyMap<string, unknown>
}

export function jobOf(given: Uint8Array): Job {
	const [job] = dtsxImporter.read({ file: { path: 'package.dtsx', bytes: given }, companions: [] }).jobs
	if (job === undefined) throw new Error('no job was read')
	return job
}

const opaqueOf = (job: Job): readonly string[] =>
	job.accounting.flatMap((item) => (item.outcome === 'opaque' ? [`${item.name}: ${item.reason ?? ''}`] : []))

const linesOf = (text: string): readonly string[] => text.split(/\r\n|\n/).slice(0, -1)

const slashes = (place: string): string => place.replaceAll('\\', '/')

/** The loops of these packages name their folders outright. */
const filesBelow = (loop: Task, paths: readonly string[]): readonly string[] =>
	loop.kind === 'loop' && loop.over.kind === 'files'
		? paths.filter((one) => path.win32.dirname(one) === (loop.over.kind === 'files' ? loop.over.folder.text : ''))
		: []

const runAt = makeTimestamp(1_705_314_030_000_000n)

export function byReference({ package: given, inputs = {}, parameters = {}, outside }: Case): Result {
	const job = jobOf(given)
	const byPath = new Map(Object.entries(inputs))
	const flows = new Map(
		job.flows.map((flow) => {
			const data = flow.operators.flatMap((operator): readonly (readonly [string, SourceData])[] => {
				if (operator.kind !== 'read') return []
				const { source } = operator
				if (source.kind !== 'text-file') return []
				const text = byPath.get(source.path.text)
				return [
					[
						operator.id,
						text === undefined ? { kind: 'text', files: [], byPath } : { kind: 'text', files: [text], byPath },
					],
				]
			})
			return [flow.id, { inputs: new Map(data) }]
		}),
	)
	const loops = allTasks(job.control).filter(({ kind }) => kind === 'loop')
	const result = interpretJob(job, {
		flows,
		parameters: parameterValues(job, new Map(Object.entries(parameters))).values,
		run: { at: runAt, job: job.name, project: '', host: '', invocation: '' },
		files: new Map(loops.map((loop) => [loop.id, filesBelow(loop, Object.keys(inputs))])),
		...(outside === undefined ? {} : { outside }),
	})
	const places = Map.groupBy(result.outputs, ({ output }) => output.place)
	const texts = [...places].map(([place, all]) => [
		place,
		all.flatMap(({ output }) =>
			output.text === undefined
				? output.rows.map((row) => Object.values(row).map(String).join('|'))
				: linesOf(output.text),
		),
	])
	return {
		outputs: Object.fromEntries(texts) as Result['outputs'],
		...(result.failure === undefined ? {} : { failed: `${result.failure.operator}: ${result.failure.message}` }),
		opaque: opaqueOf(job),
		variables: result.variables,
	}
}

/** Each file by itself, those below the folder of a loop by that folder. */
function bindInputs(job: Job, inputs: Readonly<Record<string, string>>, folder: string): readonly Binding[] {
	const loops = allTasks(job.control).flatMap((task) =>
		task.kind === 'loop' && task.over.kind === 'files' ? [task.over.folder.text] : [],
	)
	const places = Object.entries(inputs).map(([old, text], index) => {
		const below = loops.find((one) => one === path.win32.dirname(old))
		const place = path.join(folder, below === undefined ? `in${index}` : `loop${loops.indexOf(below)}`)
		mkdirSync(place, { recursive: true })
		const file = path.join(place, path.win32.basename(old))
		writeFileSync(file, text)
		return below === undefined ? { old, new: file } : { old: below, new: place }
	})
	return [...new Map(places.map((one) => [one.old, one])).values()]
}

/** As `reglue run` does it: the generated script, bound to files. */
export async function onSpark(engine: Engine, { package: given, inputs = {}, parameters = {} }: Case): Promise<Result> {
	const job = jobOf(given)
	const folder = mkdtempSync(path.join(tmpdir(), 'reglue-subject-'))
	try {
		for (const { path: place, text } of generate({ name: 'unit', jobs: [job] }, defaultOptions).artifacts) {
			mkdirSync(path.dirname(path.join(folder, 'unit', place)), { recursive: true })
			writeFileSync(path.join(folder, 'unit', place), text)
		}
		const selected = selectJob(generatedJobs(path.join(folder, 'unit')), job.name)
		if ('problem' in selected) throw new Error(selected.problem)
		const bindings = bindInputs(job, inputs, folder)
		const temporary = path.join(folder, 'temporary')
		const out = path.join(folder, 'out')
		mkdirSync(temporary)
		const result = await runJob(
			{
				job: selected.job,
				bindings,
				parameters: new Map([['run_at', '2024-01-15T10:20:30Z'], ...Object.entries(parameters)]),
				out,
				temporary,
			},
			engine,
		)
		const opaque = opaqueOf(job)
		if (!result.ok) return { outputs: {}, failed: result.failure?.stage ?? result.problem, opaque }
		const texts = Map.groupBy(result.outputs, ({ legacy }) => slashes(legacy))
		const lines = [...texts].map(([, [first]]) => [
			first?.legacy ?? '',
			partFiles(path.join(out, first?.path ?? '')).flatMap((part) => linesOf(readFileSync(part, 'utf8'))),
		])
		return { outputs: Object.fromEntries(lines) as Result['outputs'], opaque }
	} finally {
		rmSync(folder, { recursive: true, force: true })
	}
}
