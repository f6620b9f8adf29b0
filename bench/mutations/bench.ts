/** The share of small breakages of generated scripts that evidence catches, by kind. `npm run bench -- mutations`. */
import path from 'node:path'
import { createLocalSpark } from '#engines/local-spark/engine.ts'
import { table } from '../measure.ts'
import type { Fate, Judged } from './check.ts'
import { checkMutants } from './check.ts'
import { reasonFor } from './equivalents.ts'
import { mutationJobs } from './jobs.ts'
import type { Mutant } from './mutants.ts'
import { sampleOf } from './mutants.ts'

const defaultPerKind = 4

/** @param only names of jobs; all when empty */
export async function benchMutations(perKind = defaultPerKind, only: readonly string[] = []): Promise<string> {
	const engine = createLocalSpark({ cacheFolder: path.resolve('.cache', 'reglue'), size: 1 })
	const judged: Judged[] = []
	try {
		for (const { name, job } of mutationJobs().filter((one) => only.length === 0 || only.includes(one.name))) {
			const choose = (mutants: readonly Mutant[]) => sampleOf(mutants, perKind)
			await checkMutants(job, engine, choose, (found) => {
				const reason = found.fate === 'survives' ? reasonFor(name, found.mutant) : undefined
				const one: Judged = reason === undefined ? found : { ...found, fate: 'reasoned' }
				judged.push(one)
				if (one.fate !== 'fails' && one.fate !== 'differs') console.error(shown(name, one))
				if (reason !== undefined) console.error(`  because ${reason}`)
			})
			console.error(`${name}: ${judged.length} so far\n${tableOf(judged)}`)
		}
	} finally {
		await engine.close()
	}
	return tableOf(judged)
}

function tableOf(judged: readonly Judged[]): string {
	const kinds = Map.groupBy(judged, ({ mutant }) => mutant.kind)
	const rows = [...kinds].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([kind, same]) => rowOf(kind, same))
	return table(
		['kind', 'tried', 'fails', 'differs', 'equivalent', 'reasoned', 'survives', 'caught'],
		[...rows, rowOf('all', judged)],
	)
}

function rowOf(kind: string, same: readonly Judged[]): readonly string[] {
	const count = (fate: Fate): number => same.filter((one) => one.fate === fate).length
	const real = same.length - count('equivalent') - count('reasoned')
	const caught = count('fails') + count('differs')
	return [
		kind,
		...[same.length, count('fails'), count('differs'), count('equivalent'), count('reasoned'), count('survives')].map(
			String,
		),
		real === 0 ? '' : `${((100 * caught) / real).toFixed(1)} %`,
	]
}

const shown = (job: string, { mutant, fate }: Judged): string =>
	`${fate}: ${job}, ${mutant.function}, line ${mutant.line}, ${mutant.kind}: ${oneLine(mutant.before)} → ${oneLine(mutant.after)}`

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').slice(0, 160)
