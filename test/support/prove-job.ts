/** Generates a job and proves it: the script on Spark against the reference, over every scenario. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Engine } from '#engines/port.ts'
import type { Proof } from '#evidence/evidence.ts'
import { prove } from '#evidence/evidence.ts'
import { workFolder } from '#evidence/work-folder.ts'
import { generate } from '#generators/glue/generate.ts'
import { defaultOptions } from '#generators/glue/options.ts'
import type { JobsFile } from '#generators/jobs-file.ts'
import { wellFormed } from '#generators/well-formed.ts'
import type { Job } from '#model/job.ts'

export interface ProvenJob {
	readonly proof: Proof
	readonly script: string
}

/** @param beside other jobs of its unit */
export async function proveJob(engine: Pick<Engine, 'run'>, job: Job, beside: readonly Job[] = []): Promise<ProvenJob> {
	const { artifacts } = generate({ name: 'unit', jobs: [job, ...beside] }, defaultOptions)
	const file = artifacts.find(({ path: place }) => place.endsWith('jobs.json'))
	const { jobs } = JSON.parse(file?.text ?? '') as JobsFile
	const entry = jobs.find(({ id }) => id === job.id)
	const script = artifacts.find(({ path: place }) => place.endsWith(entry?.script ?? 'none'))
	if (entry === undefined || script === undefined) throw new Error('the unit has no such job')
	const problems = wellFormed(job, [script]).map(({ message }) => message)
	const root = await mkdtemp(path.join(tmpdir(), 'reglue-prove-'))
	try {
		const place = path.join(root, 'script.py')
		await writeFile(place, script.text)
		const proof = await prove(job, { entry, script: place, problems }, engine, { folder: workFolder(root) })
		return { proof, script: script.text }
	} finally {
		await rm(root, { recursive: true, force: true })
	}
}
