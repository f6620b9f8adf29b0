/** The check of what we generated: runs the unit, with people's edits, against the source job. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { Config } from '#config/schema.ts'
import type { JobReport } from '#evidence/report.ts'
import type { CheckRun, PullRequest } from '#forge/repository.ts'
import { partOf } from '#publish/branches.ts'
import { changesIn } from '#publish/changes-section.ts'
import { annotationsOf, findingsOf } from '#publish/findings.ts'
import { parseMarker } from '#publish/marker.ts'
import { withOwnSection } from '#publish/own-section.ts'
import type { PullRequestText } from '#publish/pull-request.ts'
import { pullRequestText } from '#publish/pull-request.ts'
import type { Bot, Checkout, UnitInput } from '../bot.ts'
import { fittedText } from '../pull-text.ts'
import { generationOf } from '../reconcile/observe.ts'
import type { Making } from '../reconcile/wanted.ts'
import { decisionsOf, folderOf, lockOf as lockPath } from '../reconcile/wanted.ts'
import type { Checked, CheckOptions } from './check-pull-request.ts'
import { findingsText } from './findings-text.ts'
import { hintAt } from './labels.ts'
import { partialVerdict } from './partial.ts'
import { buttonsFor, checkName, completeRun, runOf, startRun } from './post.ts'
import { repair } from './repair.ts'

interface Subject {
	readonly pull: PullRequest
	readonly config: Config
	readonly making: Making
	readonly options: CheckOptions
}

export async function checkUnitBranch(bot: Bot, subject: Subject): Promise<Checked> {
	const { pull, config, making, options } = subject
	const commit = pull.head.commit
	const known = await runOf(bot, commit, options)
	const isDone = known?.status === 'completed'
	const marker = parseMarker(pull.body)
	if (isDone && marker?.evidence === commit) return { kind: 'checked', check: known, commit, wrote: false }
	const output = { title: 'Running', summary: 'The jobs run against the source jobs on the same rows.' }
	const run = known ?? (await startRun(bot, commit, options, output))
	const part = partOf(pull.head.branch) ?? ''
	const revision = (await generationOf(bot.repository, { part, base: config.branch, head: commit }))?.revision
	const checkout = await bot.workspace.checkout(commit, [`${config.output}/**`])
	const source = await bot.workspace.checkout(revision?.source ?? commit, config.sources)
	try {
		const carried = new Set((revision?.units ?? []).map(({ name }) => name))
		const units = (await bot.compiler.units(source, config)).filter(({ name }) => carried.has(name))
		const jobs = await proveUnits(bot, subject, { units, checkout, source })
		const pristine = marker?.pristine
		const text = await fittedText(bot.repository, { part, commit, existing: pull.body }, (more) =>
			pullRequestText(part, jobs, {
				...more,
				changes: changesIn(pull.body),
				...(pristine === undefined ? {} : { marker: { version: 1, pristine, evidence: commit } }),
			}),
		)
		const { title, body, check: whole } = text
		const check = await verdictOf(bot, subject, whole, run)
		const lockOf = (unit: string) => textIn(checkout, lockPath(unit, making))
		const findings = findingsOf({ jobs }, lockOf, config.output)
		const finished = isDone
			? known
			: await completeRun(bot, run, {
					conclusion: check.conclusion,
					output: { title: check.title, summary: check.summary, ...findingsText(findings, bot.compiler.version) },
					annotations: annotationsOf(findings),
					buttons: buttonsFor(check.conclusion),
				})
		const repaired = whole.conclusion === 'failure' && (await repairBranch(bot, subject, part, jobs, checkout))
		if (config.labels && options.only === undefined) await hintAt(bot, pull, finished.conclusion)
		// The text comes last: without it the next run looks again, and repairs what this one has not.
		if (options.only === undefined) await editPull(bot, pull, jobs.length === 0 ? pull.title : title, body)
		return { kind: 'checked', check: finished, commit, wrote: true, repaired }
	} finally {
		await checkout.release()
		await source.release()
	}
}

async function verdictOf(
	{ repository }: Bot,
	{ pull, options }: Subject,
	verdict: PullRequestText['check'],
	run: CheckRun,
): Promise<PullRequestText['check']> {
	if (options.only === undefined) return verdict
	const runs = await repository.checkRuns(pull.head.commit, checkName)
	return partialVerdict(
		verdict,
		options.only,
		runs.filter(({ id }) => id !== run.id),
	)
}

async function repairBranch(
	bot: Bot,
	{ pull, config, making }: Subject,
	part: string,
	jobs: readonly JobReport[],
	checkout: Checkout,
): Promise<boolean> {
	const units = [...new Set(jobs.map(({ unit }) => unit))]
	const files = new Map(units.flatMap((unit) => [...filesOf(checkout, unit, making)]))
	const done = await repair(bot, { pull, part, making, base: config.branch, reports: jobs, files })
	return done.kind === 'committed'
}

async function editPull({ repository }: Bot, pull: PullRequest, title: string, body: string): Promise<void> {
	const wanted = withOwnSection(pull.body, body)
	if (pull.title === title && pull.body.replace(/\r\n/g, '\n') === wanted) return
	await repository.editPullRequest(pull.number, { title, body: wanted })
}

/** The exports that were generated from, against the files of the head, people's edits among them. */
async function proveUnits(
	bot: Bot,
	{ config, making, options }: Subject,
	{
		units,
		checkout,
		source,
	}: { readonly units: readonly UnitInput[]; readonly checkout: Checkout; readonly source: Checkout },
): Promise<readonly JobReport[]> {
	const jobs: JobReport[] = []
	for (const unit of units) {
		bot.signal.throwIfAborted()
		const files = filesOf(checkout, unit.name, making)
		const decided = files.get(decisionsOf(unit.name, making))
		const decisions = decided === undefined ? undefined : new TextDecoder().decode(decided)
		const only = options.only === undefined ? {} : { only: options.only }
		jobs.push(
			...(await bot.compiler.prove({ unit, checkout: source, config, files, decisions, signal: bot.signal, ...only })),
		)
	}
	return jobs
}

function textIn({ folder }: Checkout, file: string): string | undefined {
	const place = path.join(folder, file)
	return existsSync(place) ? readFileSync(place, 'utf8') : undefined
}

function filesOf({ folder }: Checkout, unit: string, making: Making): ReadonlyMap<string, Uint8Array> {
	const below = path.join(folder, folderOf(unit, making))
	if (!existsSync(below)) return new Map()
	const entries = readdirSync(below, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
	return new Map(
		entries.map((entry) => {
			const file = path.join(entry.parentPath, entry.name)
			return [path.relative(folder, file).split(path.sep).join('/'), readFileSync(file)]
		}),
	)
}
