/**
 * What a run leaves beside the generated files for later commands, in `<out>/.reglue/`: models for `verify`, reports for
 * `publish` and `--resume`. Evidence is never committed, so the folder ignores itself.
 */
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { FileReport, JobReport, Report } from '#evidence/report.ts'
import type { Job } from '#model/job.ts'
import { partFromJson, toJson } from '#model/json.ts'

const folderName = '.reglue'

/** What a unit came to, and what it was made from. */
export interface UnitState {
	/** Hash of exports, companions, settings, engine and version: equal means that nothing has to be done again. */
	readonly input: string
	/** Hash of exports and companions alone, as the bot knows them. */
	readonly exports?: string
	readonly files: readonly FileReport[]
	readonly jobs: readonly JobReport[]
}

export function readUnitState(out: string, unit: string): UnitState | undefined {
	const file = path.join(out, folderName, 'units', `${unit}.json`)
	if (!existsSync(file)) return undefined
	try {
		return JSON.parse(readFileSync(file, 'utf8')) as UnitState
	} catch {
		// A half-written file of a run that was killed: the unit is done again.
		return undefined
	}
}

export function writeUnitState(out: string, unit: string, state: UnitState, models: readonly Job[]): void {
	put(out, path.join('models', `${unit}.json`), toJson(models))
	put(out, path.join('units', `${unit}.json`), JSON.stringify(state))
}

/** Models of a unit as the last run read them; undefined when there was none. */
export function readModels(out: string, unit: string): readonly Job[] | undefined {
	const file = path.join(out, folderName, 'models', `${unit}.json`)
	return existsSync(file) ? partFromJson<readonly Job[]>(readFileSync(file, 'utf8')) : undefined
}

export function writeReport(out: string, report: Report): void {
	put(out, 'report.json', `${JSON.stringify(report, undefined, 1)}\n`)
}

/** The report of the last run, and when it was written; undefined when there was none. */
export function readReport(out: string): { readonly content: Report; readonly written: Date } | undefined {
	const file = path.join(out, folderName, 'report.json')
	if (!existsSync(file)) return undefined
	return { content: JSON.parse(readFileSync(file, 'utf8')) as Report, written: statSync(file).mtime }
}

function put(out: string, name: string, text: string): void {
	const file = path.join(out, folderName, name)
	mkdirSync(path.dirname(file), { recursive: true })
	const ignore = path.join(out, folderName, '.gitignore')
	if (!existsSync(ignore)) writeFileSync(ignore, '*\n')
	writeFileSync(file, text)
}

/** Hash of what a unit is made from. */
export function inputHash(parts: readonly (string | Uint8Array)[]): string {
	const hash = createHash('sha256')
	for (const part of parts) hash.update(createHash('sha256').update(part).digest())
	return hash.digest('hex')
}
