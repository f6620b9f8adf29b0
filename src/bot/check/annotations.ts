/** What the check has to say of single elements, on the generated lines that come from them. */
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import type { JobReport } from '#evidence/report.ts'
import type { Annotation } from '#forge/repository.ts'

const lockSchema = z.object({
	traces: z.record(
		z.string(),
		z.array(z.tuple([z.number(), z.number(), z.string(), z.string(), z.number(), z.number()])),
	),
})

interface Place {
	readonly path: string
	readonly lines: readonly [number, number]
	readonly source: string
}

interface Note {
	/** Id of an element, or its last part. */
	readonly element: string
	readonly level: Annotation['level']
	readonly title: string
	readonly message: string
}

const order = ['failure', 'warning', 'notice'] as const

/** Worst first. Notes about elements without a generated line are in the pull request's text only. */
export function annotationsOf(jobs: readonly JobReport[], folder: string, output: string): readonly Annotation[] {
	const found = jobs.flatMap((job) => {
		const places = placesOf(folder, output, job)
		return notesOf(job).flatMap((note) => {
			const place = places.get(note.element)
			return place === undefined ? [] : [annotationAt(place, note)]
		})
	})
	return found.toSorted((left, right) => order.indexOf(left.level) - order.indexOf(right.level))
}

function annotationAt({ path: file, lines, source }: Place, { level, title, message }: Note): Annotation {
	return { path: file, startLine: lines[0], endLine: lines[1], level, title, message: `${message} (${source})` }
}

function notesOf(job: JobReport): readonly Note[] {
	return [
		...job.evidence.outputs
			.filter(({ equal }) => !equal)
			.map(
				({ name, expected, actual }): Note => ({
					element: name,
					level: 'failure',
					title: `${job.name}: wrong rows at ${name}`,
					message: `The source job gives ${expected} rows there, the new one ${actual}, and they are not equal.`,
				}),
			),
		...job.accounting.items
			.filter(({ outcome }) => outcome === 'opaque')
			.map(
				({ id, type, reason }): Note => ({
					element: id,
					level: 'warning',
					title: `${job.name}: ${id} is not translated`,
					message: `${type}: ${reason ?? 'no reason given'}.`,
				}),
			),
		...job.differences
			.filter(({ decision }) => decision !== 'accepted')
			.map(
				({ id, element, detail }): Note => ({
					element,
					level: 'notice',
					title: `${job.name}: declared difference ${id}`,
					message: `${detail}.`,
				}),
			),
	]
}

/** The narrowest generated lines of each element, under its id and under the last part of it. */
function placesOf(folder: string, output: string, job: JobReport): ReadonlyMap<string, Place> {
	const file = path.join(folder, output, job.unit, 'reglue.lock.json')
	if (!existsSync(file)) return new Map()
	const lock = lockSchema.safeParse(parsed(readFileSync(file, 'utf8')))
	const places = new Map<string, Place>()
	for (const [artifact, traces] of Object.entries(lock.data?.traces ?? {})) {
		for (const [first, last, element, source, from, to] of traces) {
			if (source !== job.source.file) continue
			const place = {
				path: `${output}/${artifact}`,
				lines: [first, last] as const,
				source: `${source}, lines ${from} to ${to}`,
			}
			for (const key of [element, element.split('/').at(-1) ?? element]) {
				const known = places.get(key)
				if (known === undefined || last - first < known.lines[1] - known.lines[0]) places.set(key, place)
			}
		}
	}
	return places
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text)
	} catch {
		// People broke the lock file: the check then goes without lines.
		return undefined
	}
}
