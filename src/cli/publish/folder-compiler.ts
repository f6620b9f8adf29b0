/**
 * What `reglue migrate` wrote, as the compiler behind the bot: the files of a unit are those of its folder, and its
 * evidence is that of the run which made them. Nothing is read, generated or run again.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { Checkout, Compiler, UnitInput } from '#bot/bot.ts'
import { CompileError } from '#bot/bot.ts'
import type { Config } from '#config/schema.ts'
import type { JobReport } from '#evidence/report.ts'
import { blobId } from '#forge/blob-id.ts'
import { decisionsFile } from '#pipeline/decisions/file.ts'
import { noEvidence } from '#pipeline/job-report.ts'
import { readUnitState } from '#pipeline/state.ts'

type Files = ReadonlyMap<string, Uint8Array>

/** What Python and editors leave behind, and our own state: never published. */
const skipped = new Set(['.reglue', '__pycache__', '.pytest_cache', '.ruff_cache'])
const lockFile = 'reglue.lock.json'

/** @param rest what does not hang on where the files are */
export function folderCompiler(folder: string, rest: Compiler): Compiler {
	return {
		...rest,
		units: () => Promise.resolve(unitNames(folder).map((name) => unitIn(folder, name))),
		generate: async ({ name }: UnitInput, _checkout: Checkout, { output }: Config, decisions: string | undefined) => {
			const own = filesBelow(path.join(folder, name), '')
			checkDecisions(name, own.get(decisionsFile), decisions)
			const unit = [...own].map(([file, bytes]) => [`${name}/${file}`, bytes] as const)
			const all = [...unit, ...sharedFiles(folder, name)]
			const files = new Map(all.map(([file, bytes]) => [`${output}/${file}`, bytes]))
			return { files, jobs: reportsOf(folder, name), diagnostics: [] }
		},
		prove: async ({ unit: { name }, config, files, only }) => {
			const own = filesBelow(path.join(folder, name), '')
			const edited = [...own].filter(
				([file, bytes]) => decides(file) && differs(files.get(`${config.output}/${name}/${file}`), bytes),
			)
			const reports = reportsOf(folder, name).filter(
				(job) => only === undefined || only.includes(job.name) || only.includes(job.id),
			)
			const [first] = edited
			return first === undefined ? reports : reports.map((job) => unproven(job, first[0], folder))
		},
	}
}

/** Names of the units that were generated into a folder. */
export function unitNames(folder: string): readonly string[] {
	return readdirSync(folder, { withFileTypes: true })
		.filter((entry) => entry.isDirectory() && existsSync(path.join(folder, entry.name, lockFile)))
		.map((entry) => entry.name)
		.sort()
}

function unitIn(folder: string, name: string): UnitInput {
	const state = readUnitState(folder, name)
	const files = state?.files.map(({ file }) => file) ?? []
	const input = state?.exports ?? blobId(readFileSync(path.join(folder, name, lockFile)))
	return { name, files, companions: [], input }
}

const reportsOf = (folder: string, unit: string): readonly JobReport[] => readUnitState(folder, unit)?.jobs ?? []

/** @throws CompileError where people have decided something on the branch that the files do not follow */
function checkDecisions(unit: string, own: Uint8Array | undefined, decided: string | undefined): void {
	if (decided === undefined || (own !== undefined && new TextDecoder().decode(own) === decided)) return
	throw new CompileError(
		`its ${decisionsFile} on the branch is another one than that of the folder: copy it to ${unit}/${decisionsFile} there, and migrate again`,
	)
}

/** Does a result hang on the file? */
const decides = (file: string): boolean => /\.(?:py|json)$/.test(file) && file !== lockFile

const differs = (left: Uint8Array | undefined, right: Uint8Array): boolean =>
	left === undefined || blobId(left) !== blobId(right)

/** What ran is not what is on the branch. */
function unproven(job: JobReport, file: string, folder: string): JobReport {
	const stopped = `people changed ${file} on the branch, and what was proven is the text in ${folder}`
	return { ...job, predicted: true, evidence: { ...noEvidence, stopped_by: stopped } }
}

/** The Terraform module that all units have in common, and the unit's own values for it; no state of a run of Terraform. */
function sharedFiles(folder: string, unit: string): readonly (readonly [string, Uint8Array])[] {
	const module = existsSync(path.join(folder, 'terraform'))
		? filesBelow(folder, 'terraform')
		: new Map<string, Uint8Array>()
	const units = unitNames(folder)
	const ownerOf = (values: string) =>
		units.filter((name) => values.startsWith(`${name}-`)).toSorted((left, right) => right.length - left.length)[0]
	return [...module].filter(([file]) => {
		const values = /^terraform\/env\/([^/]+)\.tfvars$/.exec(file)?.[1]
		return values === undefined ? /^terraform\/(?:[^/]+\.tf|README\.md)$/.test(file) : ownerOf(values) === unit
	})
}

function filesBelow(root: string, below: string): Files {
	const entries = readdirSync(path.join(root, below), { withFileTypes: true }).filter(({ name }) => !skipped.has(name))
	return new Map(
		entries.flatMap((entry): readonly (readonly [string, Uint8Array])[] => {
			const file = below === '' ? entry.name : `${below}/${entry.name}`
			if (entry.isDirectory()) return [...filesBelow(root, file)]
			return entry.isFile() ? [[file, readFileSync(path.join(root, file))]] : []
		}),
	)
}
