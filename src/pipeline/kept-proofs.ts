/** Proofs of earlier runs: what has not changed in any part is not run again. */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import type { GeneratedJob, Proof } from '#evidence/evidence.ts'
import type { Job } from '#model/job.ts'
import { toJson } from '#model/json.ts'
import packageFile from '../../package.json' with { type: 'json' }
import { inputHash } from './state.ts'

/** Looks a proof up, or makes it and keeps it. */
export type KeptProofs = (job: Job, generated: GeneratedJob, prove: () => Promise<Proof>) => Promise<Proof>

/**
 * A proof hangs on the script, on the model, whose rows follow from it, on what the caller names (parameters, the engine's
 * release), and on the program that makes rows, runs them and compares.
 */
export function keptProofs(folder: string, circumstances: readonly string[]): KeptProofs {
	return async (job, { entry, script, problems }, prove) => {
		const texts = [
			programDigest(),
			...circumstances,
			toJson(job),
			JSON.stringify([entry, problems]),
			readFileSync(script),
		]
		const place = path.join(folder, `${inputHash(texts)}.json`)
		if (existsSync(place)) return JSON.parse(readFileSync(place, 'utf8')) as Proof
		const proof = await prove()
		if (!hungOnMachine(proof)) keep(place, proof)
		return proof
	}
}

/** A run that was too slow, or lost its process, may do better the next time. */
const hungOnMachine = ({ report }: Proof): boolean => /TimeLimit|WorkerDied/.test(report.stopped_by ?? '')

/** Written beside its place first, so that no reader finds half of it. */
function keep(place: string, proof: Proof): void {
	mkdirSync(path.dirname(place), { recursive: true })
	const beside = `${place}.${process.pid}`
	writeFileSync(beside, JSON.stringify(proof))
	renameSync(beside, place)
}

const parts = ['model', 'languages', 'analysis', 'reference', 'synthesis', 'engines', 'evidence']
let program: string | undefined

function programDigest(): string {
	const root = fileURLToPath(new URL('..', import.meta.url))
	program ??= inputHash([packageFile.version, ...parts.flatMap((part) => textsBelow(path.join(root, part)))])
	return program
}

function textsBelow(folder: string): readonly Uint8Array[] {
	const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
	return entries
		.filter((entry) => entry.isFile() && /\.(ts|py)$/.test(entry.name))
		.map((entry) => path.join(entry.parentPath, entry.name))
		.sort()
		.map((file) => readFileSync(file))
}
