/** The Action's process: what the runner gives it, and what it gives back. Everything else lives beside it. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import * as core from '@actions/core'
import { openWorkspaces } from '#app/workspace/workspace.ts'
import type { Bot, Log } from '#bot/bot.ts'
import { pipelineCompiler } from '#bot/compiler/compiler.ts'
import { configPath } from '#bot/settings.ts'
import type { Config } from '#config/schema.ts'
import { createLocalSpark } from '#engines/local-spark/engine.ts'
import { EngineError } from '#engines/port.ts'
import { reportVersion, toText, totalsOf } from '#evidence/report.ts'
import { isForgeError } from '#forge/error.ts'
import { githubClient } from '#forge/github/octokit.ts'
import { gitHubRepository } from '#forge/github/repository.ts'
import type { ForgeRepository } from '#forge/repository.ts'
import { unitsOf } from '#publish/findings.ts'
import { sarifOf } from '#publish/sarif.ts'
import packageFile from '../../package.json' with { type: 'json' }
import type { ActionEvent } from './event.ts'
import { readEvent } from './event.ts'
import { configOf } from './inputs.ts'
import type { KeptCheck } from './read-only.ts'
import { runAction } from './run.ts'
import type { RunFacts } from './summary.ts'
import { outputsOf, resultOf, summaryOf } from './summary.ts'

/** What one run may fetch: the runner is GitHub's and for this run alone. */
const limits = { files: 50_000, fileBytes: 500_000_000, checkoutBytes: 5_000_000_000, milliseconds: 600_000 }
/** The runner shows ten of each kind; the rest is in the summary. */
const mostAnnotations = 10

const stop = new AbortController()
process.once('SIGTERM', () => stop.abort(new Error('the workflow was cancelled')))
process.once('SIGINT', () => stop.abort(new Error('the workflow was cancelled')))

async function main(environment: NodeJS.ProcessEnv): Promise<void> {
	const token = core.getInput('token', { required: true })
	core.setSecret(token)
	const event = readEvent(environment)
	const repository = repositoryOf(event, token, environment)
	const settings = await settingsOf(repository)
	if (settings === undefined) return
	const work = mkdtempSync(path.join(environment['RUNNER_TEMP'] ?? tmpdir(), 'reglue-run-'))
	const engine = createLocalSpark({
		cacheFolder: path.resolve(core.getInput('cache') || path.join(work, 'cache')),
		glueVersion: settings.glue.version,
		size: 1,
		onProgress: (text) => core.info(text),
		signal: stop.signal,
	})
	const compiler = pipelineCompiler({ engine: ({ engine: { check } }) => (check === 'local' ? engine : undefined) })
	const workspaces = await openWorkspaces(path.join(work, 'repositories'), limits)
	try {
		const { id, fullName } = await repository.facts()
		const server = environment['GITHUB_SERVER_URL'] ?? 'https://github.com'
		const source = { repository: id, url: `${server}/${fullName}.git`, token: () => Promise.resolve(token) }
		const bot: Bot = {
			repository,
			workspace: workspaces.of(source, stop.signal),
			compiler,
			repairer: { propose: () => Promise.resolve(undefined) },
			operator: {
				openPullRequests: settings.limits.open_pull_requests,
				commentsPerHour: settings.limits.comments_per_hour,
				engine: settings.engine.check,
			},
			config: settings,
			self: core.getInput('login'),
			clock: () => new Date(),
			log: actionLog,
			signal: stop.signal,
			queue: { position: () => undefined, waiting: 0 },
		}
		await tell(await runAction(bot, event), environment)
	} finally {
		compiler.close()
		await engine.close()
		await workspaces.close()
		rmSync(work, { recursive: true, force: true, maxRetries: 3 })
	}
}

function repositoryOf(event: ActionEvent, token: string, environment: NodeJS.ProcessEnv): ForgeRepository {
	const baseUrl = environment['GITHUB_API_URL']
	const client = githubClient({ auth: { kind: 'token', token }, ...(baseUrl === undefined ? {} : { baseUrl }) })
	const { owner, name: repo } = event.repository
	return gitHubRepository({ client, owner, repo, login: core.getInput('login') })
}

/** The file of the default branch with the inputs over it; undefined where something is wrong, which is said in the log. */
async function settingsOf(repository: ForgeRepository): Promise<Config | undefined> {
	const { defaultBranch } = await repository.facts()
	const bytes = await repository.file(configPath, defaultBranch)
	const file = bytes === undefined ? undefined : new TextDecoder().decode(bytes)
	const { config, diagnostics } = configOf(file, (name) => core.getInput(name), configPath)
	for (const { what, why, remedy, provenance } of diagnostics) {
		core.error(`${what} ${why} ${remedy}`, { file: provenance.file, startLine: provenance.lines.start })
	}
	if (config === undefined) process.exitCode = 1
	return config
}

const actionLog: Log = {
	info: (text) => core.info(text),
	warn: (text) => core.warning(text),
	error: (text) => core.error(text),
}

async function tell(facts: RunFacts, environment: NodeJS.ProcessEnv): Promise<void> {
	for (const check of facts.checks) annotate(check)
	const files = facts.jobs.length === 0 ? { report: '', sarif: '' } : writeFiles(facts, environment)
	for (const [name, value] of Object.entries(outputsOf(facts, files))) core.setOutput(name, value)
	if (environment['GITHUB_STEP_SUMMARY'] !== undefined) await core.summary.addRaw(summaryOf(facts)).write()
	if (resultOf(facts) === 'failure')
		core.setFailed(facts.problems[0] ?? 'Rows differ, or a run failed; see the summary.')
}

function annotate({ annotations }: KeptCheck): void {
	for (const { path: file, startLine, endLine, level, title, message } of annotations.slice(0, mostAnnotations)) {
		const place = { file, startLine, endLine, title }
		if (level === 'failure') core.error(message, place)
		else if (level === 'warning') core.warning(message, place)
		else core.notice(message, place)
	}
}

/** @returns paths, which stay after the run for later steps */
function writeFiles({ jobs, findings }: RunFacts, environment: NodeJS.ProcessEnv) {
	const folder = path.join(environment['RUNNER_TEMP'] ?? tmpdir(), 'reglue')
	mkdirSync(folder, { recursive: true })
	const files = { report: path.join(folder, 'report.json'), sarif: path.join(folder, 'reglue.sarif') }
	writeFileSync(files.report, toText({ version: reportVersion, files: [], jobs, totals: totalsOf([], jobs) }))
	// The commit that the workflow runs for holds the exports; what was generated is on branches of its own.
	writeFileSync(files.sarif, sarifOf(findings, { version: packageFile.version, units: unitsOf(jobs), at: 'source' }))
	return files
}

// Last, when everything above is there.
try {
	await main(process.env)
} catch (error) {
	const isExpected = isForgeError(error) || error instanceof EngineError || stop.signal.aborted
	core.setFailed(isExpected || !(error instanceof Error) ? String(error) : (error.stack ?? error.message))
}
