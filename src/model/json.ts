/** JSON form of the model: `--dump-model`, caches and child processes. bigint is the one thing JSON lacks. */
import type { Job } from './job.ts'
import { modelVersion } from './job.ts'

const bigintKey = '$int'

/** Prints a job (or any part of the model) as JSON. The same model gives the same text. */
export function toJson(part: unknown, indent?: number): string {
	return JSON.stringify(
		part,
		(_key, value: unknown) => (typeof value === 'bigint' ? { [bigintKey]: value.toString() } : encodeFloat(value)),
		indent,
	)
}

/** JSON has no NaN and infinities; a float literal may be one. */
function encodeFloat(value: unknown): unknown {
	return typeof value === 'number' && !Number.isFinite(value) ? { $float: String(value) } : value
}

function revive(_key: string, value: unknown): unknown {
	if (typeof value !== 'object' || value === null) return value
	if (bigintKey in value) return BigInt(String(value[bigintKey]))
	if ('$float' in value) return Number(value.$float)
	return value
}

/** Reads what `toJson` wrote. @throws Error when the text was written by another version of the model. */
export function jobFromJson(text: string): Job {
	const job = JSON.parse(text, revive) as Job
	if (job.version !== modelVersion)
		throw new Error(`the model has version ${String(job.version)}, this program reads ${String(modelVersion)}`)
	return job
}

/** Reads any other part of the model that `toJson` wrote. */
export function partFromJson<T>(text: string): T {
	return JSON.parse(text, revive) as T
}
