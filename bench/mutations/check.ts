/** Which breakages of a job's script the evidence catches. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Engine, RunRequest } from '#engines/port.ts'
import type { GeneratedJob } from '#evidence/evidence.ts'
import { prove, synthesisOf } from '#evidence/evidence.ts'
import { workFolder } from '#evidence/work-folder.ts'
import { generate } from '#generators/glue/generate.ts'
import { defaultOptions } from '#generators/glue/options.ts'
import type { JobsFile } from '#generators/jobs-file.ts'
import type { Job } from '#model/job.ts'
import type { Mutant } from './mutants.ts'
import { findMutants, mutated } from './mutants.ts'
import { hasSamePlan } from './same-plan.ts'

/**
 * `fails`: the script stops where it must not (E2). `differs`: rows or effects are others (E3). `equivalent`: the plans are
 * the same. `reasoned`: nothing changes, for a reason that a person has written down.
 */
export type Fate = 'fails' | 'differs' | 'equivalent' | 'reasoned' | 'survives'

export interface Judged {
	readonly mutant: Mutant
	readonly fate: Fate
}

/** @param choose which of all breakages to try */
export async function checkMutants(
	job: Job,
	engine: Engine,
	choose: (mutants: readonly Mutant[]) => readonly Mutant[],
	onJudged: (judged: Judged) => void = () => undefined,
): Promise<readonly Judged[]> {
	const root = await mkdtemp(path.join(tmpdir(), 'reglue-mutants-'))
	try {
		const entry = await generateScript(job, path.join(root, 'original.py'))
		const original = { entry, script: path.join(root, 'original.py'), problems: [] }
		const synthesis = synthesisOf(job)
		const proveScript = (generated: GeneratedJob, run: Engine['run']) =>
			prove(job, generated, { run }, { folder: workFolder(path.join(root, 'work')), untilDifferent: true, synthesis })
		const { report } = await proveScript(original, (request, signal) => engine.run(request, signal))
		if (!report.reached.includes('E3'))
			throw new Error(`${job.name} is not proven: ${report.stopped_by ?? 'no reason'}`)
		const text = await readFile(original.script)
		const judged: Judged[] = []
		for (const mutant of choose(await findMutants(original.script))) {
			const script = path.join(root, 'changed.py')
			await writeFile(script, mutated(text, mutant))
			const requests: RunRequest[] = []
			const proof = await proveScript({ ...original, script }, (request, signal) => {
				requests.push(request)
				return engine.run(request, signal)
			})
			const [request] = requests
			const equal = async (): Promise<boolean> =>
				request !== undefined &&
				mutant.function.startsWith('transform') &&
				(await hasSamePlan(engine, request, original.script, path.join(root, 'compare.py')))
			const one: Judged = { mutant, fate: await fateOf(proof.report.reached, equal) }
			judged.push(one)
			onJudged(one)
		}
		return judged
	} finally {
		await rm(root, { recursive: true, force: true })
	}
}

async function fateOf(reached: readonly string[], equal: () => Promise<boolean>): Promise<Fate> {
	if (!reached.includes('E2')) return 'fails'
	if (!reached.includes('E3')) return 'differs'
	return (await equal()) ? 'equivalent' : 'survives'
}

async function generateScript(job: Job, place: string): Promise<GeneratedJob['entry']> {
	const { artifacts } = generate({ name: 'unit', jobs: [job] }, defaultOptions)
	const file = artifacts.find((artifact) => artifact.path.endsWith('jobs.json'))
	const [entry] = (JSON.parse(file?.text ?? '') as JobsFile).jobs
	const script = artifacts.find((artifact) => artifact.path.endsWith(entry?.script ?? 'none'))
	if (entry === undefined || script === undefined) throw new Error(`${job.name} has no script`)
	await writeFile(place, script.text)
	return entry
}
