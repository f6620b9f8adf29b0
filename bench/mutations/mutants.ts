/** Breakages of a script, found by Python's own parser. */

import { fileURLToPath } from 'node:url'
import { runCommand } from '#engines/local-spark/command.ts'

export interface Mutant {
	/** For example `other join`. */
	readonly kind: string
	readonly function: string
	readonly line: number
	/** The change, in bytes of the script. */
	readonly start: number
	readonly end: number
	readonly before: string
	readonly after: string
	/** The text with what stands before and behind it. */
	readonly around: string
}

const mutator = fileURLToPath(new URL('mutants.py', import.meta.url))

/** Every way in which a script can be broken, in the order of its lines. */
export async function findMutants(script: string): Promise<readonly Mutant[]> {
	const lines: string[] = []
	// What the command gives as its output is only the end of a long one.
	const { code, output } = await runCommand('python3', ['-I', mutator, script], { onLine: (line) => lines.push(line) })
	if (code !== 0) throw new Error(output)
	return lines.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line) as Mutant)
}

export function mutated(script: Buffer, { start, end, after }: Mutant): Buffer {
	return Buffer.concat([script.subarray(0, start), Buffer.from(after), script.subarray(end)])
}

/** Of each kind as many as wanted, spread over the script. */
export function sampleOf(mutants: readonly Mutant[], perKind: number): readonly Mutant[] {
	return [...Map.groupBy(mutants, ({ kind }) => kind).values()].flatMap((same) => {
		const step = Math.max(1, same.length / perKind)
		return same.filter((_mutant, index) => Math.floor(index / step) !== Math.floor((index - 1) / step))
	})
}
