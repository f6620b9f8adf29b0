/** Text files whose paths follow from variables while the job runs: a loop may read and write several by one element. */
import { existsSync, rmSync } from 'node:fs'
import path from 'node:path'
import type { ComputedPaths, Effect } from '#engines/port.ts'
import type { PlaceEntry } from '#generators/jobs-file.ts'
import type { JsonValue } from '#model/json-values.ts'
import type { Binding } from './bindings.ts'
import { withWindowsLines } from './line-ends.ts'
import type { OutputEntry } from './outputs.ts'
import { outputEntry } from './outputs.ts'
import type { JobRun } from './run-job.ts'

/** Does the run compute where the place is? A parameter may say it instead. */
export function isComputed(place: PlaceEntry, { parameters }: JobRun): boolean {
	return place.kind === 'text-file' && place.computed === true && !parameters.has(place.argument ?? '')
}

/**
 * Bindings that no place answers to may mean paths that the job computes, where it reads such.
 *
 * @param bindings those, and which of them the script does not name either; and where the job's places are written
 * @returns where the paths are, and the bindings that mean nothing
 */
export function computedPaths(
	run: JobRun,
	bindings: {
		readonly given: readonly Binding[]
		readonly unnamed: readonly Binding[]
		readonly written: ReadonlyMap<string, string>
	},
): { readonly computed: ComputedPaths; readonly unused: readonly Binding[] } {
	const reads = run.job.entry.places.filter((place) => place.role === 'read' && isComputed(place, run))
	const isPath = ({ old, new: file }: Binding): boolean => reads.length > 0 && /[/\\]/.test(old) && existsSync(file)
	const windows = reads.some(({ format }) => format?.record_delimiter === '\r\n')
	const read = bindings.given
		.filter(isPath)
		.map((one): [string, string] => [
			one.old,
			path.resolve(windows ? withWindowsLines(one.new, run.temporary) : one.new),
		])
	const written = path.resolve(run.out, 'computed')
	rmSync(written, { recursive: true, force: true })
	const kept = [...bindings.written.values()]
	return {
		computed: { read: Object.fromEntries(read), written, kept },
		unused: bindings.unnamed.filter((one) => !isPath(one)),
	}
}

/** What was written to computed paths, in the order of the first writes. */
export function computedOutputs(run: {
	readonly title: string
	readonly places: readonly PlaceEntry[]
	readonly effects: readonly Effect[]
	readonly args: Readonly<Record<string, string>>
	readonly out: string
}): readonly Promise<OutputEntry>[] {
	const writers = run.places.filter(({ role, computed }) => role === 'write' && computed === true)
	return run.effects.flatMap(({ helper, args }) => {
		if (helper !== 'file.write') return []
		// The script writes each place in a function that is called as its argument.
		const writer = writers.find(
			({ argument }) => argument === `${textOf(args['function']).replace(/^write_/, '')}_path`,
		)
		const place = writer ?? writers[0]
		const legacy = asTheExportSays(textOf(args['path']), run.places, run.args)
		return place === undefined ? [] : [outputEntry(run.title, { ...place, legacy }, textOf(args['folder']), run.out)]
	})
}

/** A path that follows from that of a file in a loop begins with the folder that stands for the old one. */
function asTheExportSays(
	computed: string,
	places: readonly PlaceEntry[],
	args: Readonly<Record<string, string>>,
): string {
	const folder = places.find(({ kind, argument }) => {
		return kind === 'folder' && computed.startsWith(`${args[argument ?? ''] ?? computed}/`)
	})
	if (folder === undefined) return computed
	const rest = computed.slice((args[folder.argument ?? ''] ?? '').length)
	const start = folder.legacy.replace(/[/\\]+$/, '')
	return start + (start.includes('\\') ? rest.replaceAll('/', '\\') : rest)
}

const textOf = (value: JsonValue | undefined): string => (typeof value === 'string' ? value : '')
