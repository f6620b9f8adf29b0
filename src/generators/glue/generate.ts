/** Everything that Reglue writes for a unit whose target is AWS Glue. */
import { redact, removedSecret } from '#model/redact.ts'
import type { Artifact, Generated, Unit } from '../artifact.ts'
import { jobDocument } from '../docs/document.ts'
import { jobsFile } from '../jobs-json.ts'
import { lockFile, lockPath } from '../lock.ts'
import { jobSlugs } from '../names.ts'
import { generateMachines } from '../step-functions/generate.ts'
import { environmentFiles } from '../terraform/environment-files.ts'
import { terraformFiles } from '../terraform/files.ts'
import { testFiles } from '../tests/files.ts'
import { jsonText } from '../text/json.ts'
import { mapTexts } from '../text/python-tokens.ts'
import type { GenerateOptions } from './options.ts'
import type { JobPlan } from './plan/job-plan.ts'
import { planJob } from './plan/job-plan.ts'
import { printScript } from './script.ts'

/**
 * Generates a unit: scripts, tests, documents, `jobs.json`, the lock file, and the Terraform root module that all units share.
 * Pure: the same unit and options give the same bytes, in the same order. Paths are relative to the output folder.
 */
export function generate(unit: Unit, options: GenerateOptions): Generated {
	const slugs = jobSlugs(unit.jobs)
	const jobs = unit.jobs
		.filter(({ kind }) => kind !== 'container')
		.toSorted((left, right) => (left.id < right.id ? -1 : 1))
	const bySlug = new Map(jobs.map((job) => [slugs.get(job.id) ?? '', job]))
	const plans = jobs.map((job) => planJob(job, slugs.get(job.id) ?? '', options, bySlug))
	const scripted = plans.filter(({ job }) => job.kind !== 'sequence')
	const machines = options.outputs.step_functions ? generateMachines(unit, plans, options) : []
	const entries = machines.map(({ entry }) => entry)
	const file = jobsFile(unit.name, scripted, options, entries)
	const artifacts = [
		...scripted.flatMap((plan) => jobArtifacts(unit, plan, options)),
		...machines.flatMap((machine) => machine.artifacts),
		artifact(`${unit.name}/jobs.json`, jsonText(file)),
	]
	const lock = artifact(lockPath(unit.name), jsonText(lockFile(jobs, artifacts)))
	const infrastructure = [...terraformFiles(), ...environmentFiles({ name: unit.name, jobs }, file.jobs, options)]
	const shared = options.outputs.terraform ? infrastructure.map(({ path, text }) => artifact(path, text)) : []
	return {
		artifacts: [...artifacts, lock, ...shared],
		diagnostics: [...scripted, ...machines].flatMap(({ diagnostics }) => diagnostics),
	}
}

/** Files of one job. */
function jobArtifacts(unit: Unit, plan: JobPlan, options: GenerateOptions): readonly Artifact[] {
	const { documentation, unit_tests } = options.outputs
	const script = printScript(plan, documentation)
	const prefix = `${unit.name}/`
	return [
		{ path: `${prefix}glue_jobs/${plan.name}.py`, text: withoutSecrets(script.text), traces: script.traces },
		...(unit_tests
			? testFiles(plan, options.testData.get(plan.job.id)).map(({ path, text }) => artifact(prefix + path, text))
			: []),
		...(documentation ? [artifact(`${prefix}docs/${plan.name}.md`, jobDocument(plan, unit.name, options))] : []),
	]
}

/** The last net under every text: importers have dropped the secrets that they know. */
const artifact = (path: string, text: string): Artifact => ({
	path,
	text: path.endsWith('.py') ? withoutSecrets(text) : redact(text, removedSecret),
	traces: [],
})

/** Names of a script may be any: only its texts and comments can hold a secret. A comment works as well without it. */
const withoutSecrets = (script: string): string =>
	mapTexts(script, (text) => (text.startsWith('#') ? redact(text) : redact(text, removedSecret)))
