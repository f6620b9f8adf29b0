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
 * @param unnamed those of them that the script does not name either
 * @returns where these are, and the bindings that mean nothing
 */
export function computedPaths(
	run: JobRun,
	given: readonly Binding[],
	unnamed: readonly Binding[],
): { readonly computed: ComputedPaths; readonly unused: readonly Binding[] } {
	const reads = run.job.entry.places.filter((place) => place.role === 'read' && isComputed(place, run))
	const isPath = ({ old, new: file }: Binding): boolean => reads.length > 0 && /[/\\]/.test(old) && existsSync(file)
	const windows = reads.some(({ format }) => format?.record_delimiter === '\r\n')
	const read = given
		.filter(isPath)
		.map((one): [string, string] => [
			one.old,
			path.resolve(windows ? withWindowsLines(one.new, run.temporary) : one.new),
		])
	const written = path.resolve(run.out, 'computed')
	rmSync(written, { recursive: true, force: true })
	return { computed: { read: Object.fromEntries(read), written }, unused: unnamed.filter((one) => !isPath(one)) }
}

/** What was written to computed paths, in the order of the first writes. */
export function computedOutputs(
	title: string,
	places: readonly PlaceEntry[],
	effects: readonly Effect[],
	out: string,
): readonly Promise<OutputEntry>[] {
	const writers = places.filter(({ role, computed }) => role === 'write' && computed === true)
	return effects.flatMap(({ helper, args }) => {
		if (helper !== 'file.write') return []
		// The script writes each place in a function that is called as its argument.
		const writer = writers.find(
			({ argument }) => argument === `${textOf(args['function']).replace(/^write_/, '')}_path`,
		)
		const place = writer ?? writers[0]
		return place === undefined
			? []
			: [outputEntry(title, { ...place, legacy: textOf(args['path']) }, textOf(args['folder']), out)]
	})
}

const textOf = (value: JsonValue | undefined): string => (typeof value === 'string' ? value : '')
