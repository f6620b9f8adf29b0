/** The files of everything that one branch carries, as the compiler makes them now. */
import type { Config } from '#config/schema.ts'
import type { JobReport } from '#evidence/report.ts'
import { blobId } from '#forge/blob-id.ts'
import type { TreeFile } from '#forge/repository.ts'
import type { UnitRevision } from '#publish/revision.ts'
import type { Bot, Checkout } from '../bot.ts'
import type { Making, Wanted } from './wanted.ts'
import { decisionsOf, lockOf, nothing } from './wanted.ts'

export interface GeneratedPart {
	readonly files: ReadonlyMap<string, Uint8Array>
	readonly jobs: readonly JobReport[]
	readonly units: readonly UnitRevision[]
}

/** @param theirs where the decisions of people are read: the branch, or the base where there is none yet */
export async function generatePart(
	bot: Bot,
	{
		members,
		checkout,
		config,
		making,
	}: {
		readonly members: readonly Wanted[]
		readonly checkout: Checkout
		readonly config: Config
		readonly making: Making
	},
	theirs: ReadonlyMap<string, TreeFile>,
): Promise<GeneratedPart> {
	const files = new Map<string, Uint8Array>()
	const jobs: JobReport[] = []
	const units: UnitRevision[] = []
	for (const { unit, before } of members) {
		if (unit.input === nothing) {
			units.push({ name: unit.name, input: nothing, lock: nothing })
			continue
		}
		const decided = theirs.get(decisionsOf(unit.name, making)) ?? theirs.get(decisionsOf(before ?? unit.name, making))
		const decisions =
			decided === undefined ? undefined : new TextDecoder().decode(await bot.repository.blob(decided.id))
		const made = await bot.compiler.generate(unit, checkout, config, decisions, bot.signal)
		for (const [path, bytes] of made.files) files.set(path, bytes)
		jobs.push(...made.jobs)
		const lock = made.files.get(lockOf(unit.name, making))
		units.push({
			name: unit.name,
			input: unit.input,
			lock: lock === undefined ? nothing : blobId(lock),
			...(decided === undefined ? {} : { decisions: decided.id }),
		})
	}
	return { files, jobs, units }
}
