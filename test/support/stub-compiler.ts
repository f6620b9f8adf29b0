/**
 * A compiler for tests of the bot: exports are a few lines of text, generation is instant and the evidence is what the
 * export says. A line `job NAME` begins a job, and each line after it is a stage: `stage NAME: WHAT`. `WHAT` is any text,
 * and some words mean something: `opaque` is not translated, `wrong` gives wrong rows, `declared` differs in a declared
 * way, `fails` stops the run, `path P` reads a file, `connection C` some table of it,
 * and `table C T A,B` the columns A and B of the table T. Lines of people's in a script that say `# fixed NAME` mend the stage of that name.
 */
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { Compiler, JobChange, UnitInput, UnitSource } from '#bot/bot.ts'
import { CompileError } from '#bot/bot.ts'
import type { JobReport } from '#evidence/report.ts'
import { blobId } from '#forge/blob-id.ts'
import type { Decisions } from '#pipeline/decisions/file.ts'
import { parseDecisions } from '#pipeline/decisions/file.ts'
import { skippedJobs } from '#pipeline/decisions/settings.ts'
import { unitNames } from '#pipeline/unit-name.ts'
import { jobReportOf } from './job-report.ts'

interface StubJob {
	readonly name: string
	readonly stages: readonly { readonly name: string; readonly what: string; readonly line: number }[]
}

/** How often each of its methods was called. */
export interface StubCalls {
	generate: number
	prove: number
}

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

/** @param version as it is when it is asked for: Reglue may be updated in the middle of a story */
export function stubCompiler(version = () => '1.0.0'): Compiler & { readonly calls: StubCalls } {
	const calls: StubCalls = { generate: 0, prove: 0 }
	return {
		get version() {
			return version()
		},
		calls,
		units: async ({ folder }, config) => {
			const files = exportsBelow(folder, config.output)
			const names = unitNames(files)
			return files.map((file): UnitInput => {
				const input = blobId(readFileSync(path.join(folder, file)))
				return { name: names.get(file) ?? '', files: [file], companions: [], input }
			})
		},
		generate: async (unit, { folder }, config, decisions) => {
			calls.generate++
			const decided = parseDecisions(decisions, 'decisions.yml').decisions
			if (jobsOf(unit, folder).length === 0) throw new CompileError('the export holds no job')
			const jobs = jobsOf(unit, folder).filter(({ name }) => !skippedJobs(decided).includes(name))
			const root = `${config.output}/${unit.name}`
			const scripts = jobs.map((job): readonly [string, string] => [
				`${root}/glue_jobs/${job.name.toLowerCase()}.py`,
				scriptOf(job, JSON.stringify(config.paths), decisions),
			])
			const lock = lockOf(unit, jobs, config.output, scripts)
			const table = [`${root}/jobs.json`, jobsFileOf(jobs)] as const
			// As the real one: of a unit whose jobs are all left out only the lock file is there.
			const listed = jobs.length === 0 ? [] : [table]
			const files = new Map(
				[...scripts, ...listed, [`${root}/reglue.lock.json`, lock] as const].map(([file, text]) => [file, bytes(text)]),
			)
			return { files, jobs: jobs.map((job) => withDecided(predicted(unit, job), decided)), diagnostics: [] }
		},
		prove: async ({ unit, checkout, config, files, decisions, only }) => {
			calls.prove++
			const root = `${config.output}/${unit.name}`
			const decided = parseDecisions(decisions, 'decisions.yml').decisions
			return jobsOf(unit, checkout.folder)
				.filter(({ name }) => !skippedJobs(decided).includes(name) && (only === undefined || only.includes(name)))
				.map((job) => {
					const script = files.get(`${root}/glue_jobs/${job.name.toLowerCase()}.py`)
					return withDecided(proven(unit, job, new TextDecoder().decode(script)), decided)
				})
		},
		problems: (_path, text) => (text.includes('not python') ? ['line 1: it is not Python'] : []),
		semanticDifference: async (before, after) => changes(stagesOf(before), stagesOf(after)),
	}
}

function exportsBelow(folder: string, output: string): readonly string[] {
	return readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile() && entry.name.endsWith('.dsx'))
		.map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
		.filter((file) => !file.startsWith(`${output}/`))
		.sort()
}

function jobsOf({ files }: UnitInput, folder: string): readonly StubJob[] {
	return files.flatMap((file) => {
		const jobs: { name: string; stages: StubJob['stages'][number][] }[] = []
		for (const [index, line] of readFileSync(path.join(folder, file), 'utf8').split('\n').entries()) {
			const job = /^job (\S+)/.exec(line)?.[1]
			const [, name, what] = /^stage (\S+): (.*)/.exec(line) ?? []
			if (job !== undefined) jobs.push({ name: job, stages: [] })
			else if (name !== undefined) jobs.at(-1)?.stages.push({ name, what: what ?? '', line: index + 1 })
		}
		return jobs
	})
}

/** What commands look up: names of jobs, connections and paths. */
function jobsFileOf(jobs: readonly StubJob[]): string {
	const named = (job: StubJob, word: string) =>
		job.stages.flatMap(({ what }) => (what.startsWith(`${word} `) ? [what.slice(word.length + 1)] : []))
	const entries = jobs.map((job) => ({
		title: job.name,
		places: [
			...named(job, 'path').map((legacy) => ({ legacy, argument: 'path' })),
			...named(job, 'table').map((text) => tablePlace(text.split(' '))),
		],
		connections: named(job, 'connection').map((name) => ({ name })),
	}))
	return `${JSON.stringify({ version: 1, jobs: entries })}\n`
}

const tablePlace = ([connection = '', table = '', columns = '']: readonly string[]) => ({
	kind: 'table',
	connection,
	legacy: `${connection}:${table}`,
	spelled: table,
	argument: null,
	columns: columns.split(',').map((name) => ({ name })),
})

function withDecided(report: JobReport, { differences }: Decisions): JobReport {
	const decisionOf = (id: string, element: string) =>
		differences.findLast((one) => one.job === report.name && one.id === id && one.element === element)
	return {
		...report,
		differences: report.differences.map((difference) => {
			const decided = decisionOf(difference.id, difference.element)
			if (decided === undefined) return difference
			const { decision, by, at } = decided
			return { ...difference, decision, by, at }
		}),
	}
}

/** Three lines for a stage, so that edits and changes can lie apart or on top of each other. */
function scriptOf({ name, stages }: StubJob, paths: string, decisions: string | undefined): string {
	const decided = decisions === undefined ? [] : [`# decided: ${decisions.trim().split('\n').join('; ')}`]
	const body = stages.flatMap((stage) => ['', `def ${stage.name.toLowerCase()}():`, `    return '${stage.what}'`])
	return `${[`# ${name}`, `# paths ${paths}`, ...decided, ...body].join('\n')}\n`
}

function lockOf(
	unit: UnitInput,
	jobs: readonly StubJob[],
	output: string,
	scripts: readonly (readonly [string, string])[],
): string {
	const below = (file: string) => file.slice(output.length + 1)
	const traces = scripts.map(([file, text], index) => [
		below(file),
		(jobs[index]?.stages ?? []).map(({ name, line }) => {
			const first = text.split('\n').indexOf(`def ${name.toLowerCase()}():`) + 1
			return [first, first + 1, `${jobs[index]?.name}/${name}`, unit.files[0], line, line]
		}),
	])
	const blobs = Object.fromEntries(scripts.map(([file, text]) => [below(file), blobId(bytes(text))]))
	const fingerprints = Object.fromEntries(
		jobs.map((job) => [`${unit.files[0]}#${job.name}`, blobId(bytes(JSON.stringify(job)))]),
	)
	const lock = { version: 1, generator: 'stub', jobs: fingerprints, blobs, traces: Object.fromEntries(traces) }
	return `${JSON.stringify(lock, undefined, 1)}\n`
}

function predicted(unit: UnitInput, job: StubJob): JobReport {
	const report = proven(unit, job, '')
	const evidence = { ...report.evidence, level: 'none' as const, reached: [], rows_compared: 0, outputs: [] }
	return { ...report, predicted: true, evidence: { ...evidence, branches: { covered: 0, total: 0, unreached: [] } } }
}

function proven(unit: UnitInput, job: StubJob, script: string): JobReport {
	const file = unit.files[0] ?? ''
	const stages = job.stages.map((stage) => ({
		...stage,
		what: script.includes(`# fixed ${stage.name}`) ? 'copy' : stage.what,
	}))
	const of = (what: string) => stages.filter((stage) => stage.what.includes(what))
	const count = (what: string) => of(what).length
	const isOpaque = count('opaque') > 0
	const fails = count('fails') > 0
	const level = isOpaque || fails ? ('E1' as const) : count('wrong') > 0 ? ('E2' as const) : ('E3' as const)
	const reached = (['E0', 'E1', 'E2', 'E3'] as const).filter((one) => one <= level)
	return jobReportOf({
		id: `${file}#${job.name}`,
		name: job.name,
		unit: unit.name,
		source: { file, job: job.name },
		category: isOpaque ? 'MANUAL' : count('wrong') > 0 || fails ? 'SEMI-AUTO' : 'AUTO',
		accounting: {
			total: stages.length,
			exact: stages.length - count('opaque') - count('declared'),
			declared: count('declared'),
			opaque: count('opaque'),
			dropped: 0,
			items: stages.map(({ name, what }) => ({
				id: `${job.name}/${name}`,
				type: 'Stub',
				outcome: what.includes('opaque') ? 'opaque' : what.includes('declared') ? 'declared' : 'exact',
				...(what.includes('opaque') ? { reason: 'nobody knows what it does' } : {}),
			})),
		},
		differences: of('declared').map(({ name }) => ({
			id: 'RG-D001',
			element: `${job.name}/${name}`,
			detail: 'it rounds otherwise',
		})),
		evidence: {
			level,
			reached,
			rows_compared: level === 'E3' || level === 'E2' ? 10 * stages.length : 0,
			effects_compared: 0,
			outputs:
				level === 'E1'
					? []
					: stages.map(({ name, what }) => ({ name, expected: 10, actual: 10, equal: !what.includes('wrong') })),
			branches: { covered: stages.length, total: stages.length, unreached: [] },
			...(isOpaque ? { stopped_by: `${of('opaque')[0]?.name} is not understood` } : {}),
			...(fails && !isOpaque ? { stopped_by: `${of('fails')[0]?.name} stopped the run` } : {}),
		},
	})
}

function stagesOf(source: UnitSource | undefined): ReadonlyMap<string, ReadonlyMap<string, string>> {
	const jobs = source === undefined ? [] : jobsOf(source.unit, source.checkout.folder)
	return new Map(jobs.map(({ name, stages }) => [name, new Map(stages.map((stage) => [stage.name, stage.what]))]))
}

function changes(
	before: ReadonlyMap<string, ReadonlyMap<string, string>>,
	after: ReadonlyMap<string, ReadonlyMap<string, string>>,
): readonly JobChange[] {
	return [...new Set([...before.keys(), ...after.keys()])].sort().flatMap((job): readonly JobChange[] => {
		const [old, now] = [before.get(job), after.get(job)]
		if (old === undefined) return [{ job, change: 'added', details: [] }]
		if (now === undefined) return [{ job, change: 'removed', details: [] }]
		const details = [...new Set([...old.keys(), ...now.keys()])].sort().flatMap((stage) => {
			const [was, is] = [old.get(stage), now.get(stage)]
			return was === is ? [] : [`stage ${stage}: ${was ?? 'nothing'} became ${is ?? 'nothing'}`]
		})
		return details.length === 0 ? [] : [{ job, change: 'changed', details }]
	})
}
