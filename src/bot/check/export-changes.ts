/** Which units two commits have otherwise, and what each would become. */
import type { Config } from '#config/schema.ts'
import type { JobReport } from '#evidence/report.ts'
import type { Bot, Checkout, JobChange, UnitInput, UnitSource } from '../bot.ts'
import { CompileError } from '../bot.ts'

export interface ExportChange {
	readonly unit: string
	readonly files: readonly string[]
	readonly change: 'added' | 'removed' | 'changed'
	readonly jobs: readonly JobChange[]
	/** What the new state would become; nothing has run. */
	readonly reports: readonly JobReport[]
	/** Why nothing can be made of the new state. */
	readonly problem?: string
}

export async function exportChanges(
	bot: Bot,
	{ before, after, config }: { readonly before: Checkout; readonly after: Checkout; readonly config: Config },
): Promise<readonly ExportChange[]> {
	const old = new Map((await bot.compiler.units(before, config)).map((unit) => [unit.name, unit]))
	const now = new Map((await bot.compiler.units(after, config)).map((unit) => [unit.name, unit]))
	const changes: ExportChange[] = []
	for (const name of [...new Set([...old.keys(), ...now.keys()])].sort()) {
		bot.signal.throwIfAborted()
		const [was, is] = [old.get(name), now.get(name)]
		if (was?.input === is?.input) continue
		changes.push(await changeOf(bot, config, name, [source(was, before), source(is, after)]))
	}
	return changes
}

const source = (unit: UnitInput | undefined, checkout: Checkout): UnitSource | undefined =>
	unit === undefined ? undefined : { unit, checkout }

async function changeOf(
	bot: Bot,
	config: Config,
	name: string,
	[was, is]: readonly [UnitSource | undefined, UnitSource | undefined],
): Promise<ExportChange> {
	const { compiler, signal } = bot
	const change = was === undefined ? 'added' : is === undefined ? 'removed' : 'changed'
	const common = { unit: name, files: is?.unit.files ?? was?.unit.files ?? [], change } as const
	try {
		const jobs = await compiler.semanticDifference(was, is, config)
		const made = is === undefined ? undefined : await compiler.generate(is.unit, is.checkout, config, undefined, signal)
		return { ...common, jobs, reports: made?.jobs ?? [] }
	} catch (error) {
		if (!(error instanceof CompileError)) throw error
		return { ...common, jobs: [], reports: [], problem: error.message }
	}
}
