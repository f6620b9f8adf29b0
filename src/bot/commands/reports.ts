/** What is known of the jobs of units without running anything, decisions of a branch included. */
import type { JobReport } from '#evidence/report.ts'
import type { Scene } from './command.ts'
import { decisionsPath, textAt } from './unit-files.ts'

/** @param commit where the decisions are read; the exports are those of the watched branch */
export async function reportsOf(scene: Scene, units: readonly string[], commit: string): Promise<readonly JobReport[]> {
	const { bot, config } = scene
	const base = await bot.repository.ref(`refs/heads/${config.branch}`)
	if (base === undefined) return []
	const checkout = await bot.workspace.checkout(base, config.sources)
	try {
		const inputs = await bot.compiler.units(checkout, config)
		const reports: JobReport[] = []
		for (const unit of inputs.filter(({ name }) => units.includes(name))) {
			const decisions = await textAt(scene, decisionsPath(unit.name, scene), commit)
			const generation = await bot.compiler.generate(unit, checkout, config, decisions, bot.signal)
			reports.push(...generation.jobs)
		}
		return reports
	} finally {
		await checkout.release()
	}
}
