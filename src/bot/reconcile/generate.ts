/** The files of everything that one branch carries, as the compiler makes them now. */
import type { Config } from '#config/schema.ts'
import type { JobReport } from '#evidence/report.ts'
import { blobId } from '#forge/blob-id.ts'
import type { UnitRevision } from '#publish/revision.ts'
import type { Bot, Checkout, Generation, UnitInput } from '../bot.ts'
import { CompileError } from '../bot.ts'
import type { Start } from './start.ts'
import type { Making, Wanted } from './wanted.ts'
import { decisionsOf, lockOf, nothing } from './wanted.ts'

export interface GeneratedPart {
	readonly files: ReadonlyMap<string, Uint8Array>
	readonly jobs: readonly JobReport[]
	readonly units: readonly UnitRevision[]
	/** What was made; everything else of the branch stays as it is. */
	readonly made: readonly Wanted[]
	/** Why nothing could be made of a unit, by its name. */
	readonly failed: ReadonlyMap<string, string>
}

/** @param start where their decisions are read: the branch, or the base where there is none yet */
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
	{ theirs, texts }: Pick<Start, 'theirs' | 'texts'>,
): Promise<GeneratedPart> {
	const files = new Map<string, Uint8Array>()
	const jobs: JobReport[] = []
	const units: UnitRevision[] = []
	const failed = new Map<string, string>()
	for (const { unit, before, revision } of members) {
		if (unit.input === nothing) {
			units.push({ name: unit.name, input: nothing, lock: nothing })
			continue
		}
		const own = theirs.get(decisionsOf(unit.name, making))?.id
		const former = before === undefined ? undefined : theirs.get(decisionsOf(before, making))?.id
		const id = own ?? former
		const decisions = id === undefined ? undefined : (texts.get(id) ?? (await bot.repository.blob(id)))
		// Decisions move with their export.
		if (own === undefined && decisions !== undefined) files.set(decisionsOf(unit.name, making), decisions)
		const text = decisions === undefined ? undefined : new TextDecoder().decode(decisions)
		const made = await generateUnit(bot, unit, { checkout, config, text })
		if (made instanceof CompileError) {
			bot.log.warn('a unit could not be generated', { unit: unit.name, why: made.message })
			failed.set(unit.name, made.message)
			if (revision !== undefined) units.push(revision)
			continue
		}
		for (const [path, bytes] of made.files) files.set(path, bytes)
		jobs.push(...made.jobs)
		const lock = made.files.get(lockOf(unit.name, making))
		units.push({
			name: unit.name,
			input: unit.input,
			lock: lock === undefined ? nothing : blobId(lock),
			...(id === undefined ? {} : { decisions: id }),
		})
	}
	const made = members.filter(({ unit }) => !failed.has(unit.name))
	return { files, jobs, units, made, failed }
}

async function generateUnit(
	{ compiler, signal }: Bot,
	unit: UnitInput,
	{
		checkout,
		config,
		text,
	}: { readonly checkout: Checkout; readonly config: Config; readonly text: string | undefined },
): Promise<Generation | CompileError> {
	try {
		return await compiler.generate(unit, checkout, config, text, signal)
	} catch (error) {
		// One bad export never stops the others.
		if (error instanceof CompileError) return error
		throw error
	}
}
