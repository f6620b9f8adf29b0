/** Evidence again for generated output: the models of the last run, the scripts as they lie on disk. */
import { existsSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import type { Engine } from '#engines/port.ts'
import { prove } from '#evidence/evidence.ts'
import type { CaseReport, EvidenceReport, JobReport } from '#evidence/report.ts'
import { proveSequence } from '#evidence/sequence.ts'
import { workFolder } from '#evidence/work-folder.ts'
import type { Diagnostic } from '#model/diagnostics.ts'
import { readDecisions } from './decisions/file.ts'
import { decided } from './decisions/report.ts'
import { formProblems } from './form-problems.ts'
import { withReconciled } from './reconciled.ts'
import type { GeneratedJob, GeneratedMachine } from './run/select-job.ts'
import { generatedJobs, generatedMachines } from './run/select-job.ts'
import { readMachine } from './sequence-machine.ts'
import { withCases } from './spec/assign.ts'
import type { FoundCase } from './spec/find-cases.ts'
import { runCase } from './spec/run-case.ts'
import { readModels } from './state.ts'

export interface Verified {
	/** `unit/job`. */
	readonly name: string
	readonly id: string
	readonly evidence: EvidenceReport
	readonly failed: boolean
	readonly details: readonly string[]
	/** Declared differences, with what the unit's `decisions.yml` says of each. Absent: a sequence. */
	readonly differences?: JobReport['differences']
}

export type VerifyResult = { readonly verified: readonly Verified[] } | { readonly problem: string }

/** @param engine absent: evidence ends at E1 */
export async function verify(
	folder: string,
	work: string,
	engine: Engine | undefined,
	options: {
		readonly signal: AbortSignal
		readonly onJob: (verified: Verified) => void
		/** Test cases of the team, run after the proof of their job. */
		readonly cases?: ReadonlyMap<string, readonly FoundCase[]>
		/** Where a case runs; absent: cases do not run. */
		readonly caseEngine?: Engine
		readonly onDiagnostic?: (diagnostic: Diagnostic) => void
	},
): Promise<VerifyResult> {
	const jobs = generatedJobs(folder)
	const verified: Verified[] = []
	for (const machine of generatedMachines(folder)) {
		options.signal.throwIfAborted()
		const one = await verifySequence(machine, engine !== undefined)
		if ('problem' in one) return one
		options.onJob(one)
		verified.push(one)
	}
	for (const generated of jobs) {
		options.signal.throwIfAborted()
		const proven = await verifyJob(generated, work, engine, options.signal)
		if ('problem' in proven) return proven
		const one = await runCases(proven, generated, work, options)
		options.onJob(one)
		verified.push(one)
	}
	return { verified }
}

/** What the team's own test cases add to the proof of a job. */
async function runCases(
	proven: Verified,
	generated: GeneratedJob,
	work: string,
	options: Parameters<typeof verify>[3],
): Promise<Verified> {
	const { caseEngine: engine } = options
	const cases = options.cases?.get(generated.entry.id) ?? []
	const job = readModels(path.dirname(generated.folder), generated.unit)?.find(({ id }) => id === generated.entry.id)
	if (engine === undefined || job === undefined || cases.length === 0) return proven
	const reports: CaseReport[] = []
	for (const [index, found] of cases.entries()) {
		const { testCase } = found
		if (testCase === undefined) continue
		const place = path.join(work, 'cases', generated.unit, `${generated.entry.name}-${index}`)
		try {
			const result = await runCase({ found, testCase, generated, job, folder: place }, engine, options.signal)
			for (const diagnostic of result.diagnostics) options.onDiagnostic?.(diagnostic)
			reports.push(result.report)
		} finally {
			rmSync(place, { recursive: true, force: true })
		}
	}
	const failed = proven.failed || reports.some(({ status }) => status === 'failed')
	return { ...proven, evidence: withCases(proven.evidence, reports), failed }
}

async function verifySequence(
	{ unit, entry, folder }: GeneratedMachine,
	run: boolean,
): Promise<Verified | { readonly problem: string }> {
	const name = `${unit}/${entry.name}`
	const job = readModels(path.dirname(folder), unit)?.find(({ id }) => id === entry.id)
	if (job === undefined)
		return { problem: `${path.dirname(folder)} holds no model of ${name}; run \`reglue migrate\` again` }
	const file = path.resolve(folder, entry.definition)
	if (!existsSync(file)) return { problem: `there is no ${file}` }
	const proof = await proveSequence(job, readMachine(entry, readFileSync(file, 'utf8')), { run })
	return { name, id: entry.id, evidence: proof.report, failed: proof.failed, details: proof.details }
}

async function verifyJob(
	generated: GeneratedJob,
	work: string,
	engine: Engine | undefined,
	signal: AbortSignal,
): Promise<Verified | { readonly problem: string }> {
	const { unit, entry, folder } = generated
	const job = readModels(path.dirname(folder), unit)?.find(({ id }) => id === entry.id)
	if (job === undefined)
		return { problem: `${path.dirname(folder)} holds no model of ${unit}/${entry.name}; run \`reglue migrate\` again` }
	const script = path.resolve(folder, entry.script)
	if (!existsSync(script)) return { problem: `there is no ${script}` }
	const place = path.join(work, unit, entry.name)
	try {
		const proof = await prove(
			job,
			{ entry, script, problems: formProblems(job, entry.script, readFileSync(script, 'utf8')) },
			engine,
			{
				folder: workFolder(place),
				signal,
			},
		)
		return {
			name: `${unit}/${entry.name}`,
			id: entry.id,
			evidence: withReconciled(proof.report, entry, folder),
			failed: proof.failed,
			details: proof.details,
			differences: decided(job, readDecisions(folder).decisions.differences),
		}
	} finally {
		rmSync(place, { recursive: true, force: true })
	}
}
