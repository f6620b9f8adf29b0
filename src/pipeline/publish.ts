/** From generated folders to pull requests: one for each unit, the shared Terraform module in each of them. */
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { Config } from '#config/schema.ts'
import type { Forge, Published } from '#forge/port.ts'
import { pullRequestText } from '#publish/pull-request.ts'
import { formatTrailers } from '#publish/trailers.ts'
import packageFile from '../../package.json' with { type: 'json' }
import { readUnitState } from './state.ts'

/** Folders that Python and editors leave behind, and our own state: never published. */
const skipped = new Set(['.reglue', '__pycache__', '.pytest_cache', '.ruff_cache'])

/** Publishes every unit below a generated folder, in the order of their names. */
export async function publishUnits(folder: string, config: Config, forge: Forge): Promise<readonly Published[]> {
	const units = readdirSync(folder, { withFileTypes: true })
		.filter((entry) => entry.isDirectory() && existsSync(path.join(folder, entry.name, 'reglue.lock.json')))
		.map((entry) => entry.name)
		.sort()
	const published: Published[] = []
	for (const unit of units) published.push(await publishUnit(folder, unit, config, forge))
	return published
}

function publishUnit(folder: string, unit: string, config: Config, forge: Forge): Promise<Published> {
	const files = new Map(
		[...filesBelow(folder, unit), ...filesBelow(folder, 'terraform')].map(([file, bytes]) => [
			`${config.output}/${file}`,
			bytes,
		]),
	)
	const pullRequest = pullRequestText(unit, readUnitState(folder, unit)?.jobs ?? [])
	const lock = readFileSync(path.join(folder, unit, 'reglue.lock.json'))
	const trailers = formatTrailers({
		unit,
		input: createHash('sha256').update(lock).digest('hex'),
		version: packageFile.version,
	})
	return forge.publish({
		unit,
		base: config.branch,
		files,
		owned: [`${config.output}/${unit}`],
		message: `${pullRequest.title}\n\n${pullRequest.check.summary}\n\n${trailers}\n`,
		pullRequest,
	})
}

function filesBelow(folder: string, below: string): readonly (readonly [string, Uint8Array])[] {
	const start = path.join(folder, below)
	if (!existsSync(start)) return []
	return readdirSync(start, { withFileTypes: true }).flatMap((entry) => {
		const file = `${below}/${entry.name}`
		if (skipped.has(entry.name)) return []
		if (entry.isDirectory()) return filesBelow(folder, file)
		return entry.isFile() ? [[file, readFileSync(path.join(folder, file))] as const] : []
	})
}
