import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { forgeFor } from '#cli/forge.ts'
import { loadConfig } from '#config/load.ts'
import { publishUnits } from '#pipeline/publish.ts'
import type { Scene } from '../support/github-scene.ts'
import { githubScene } from '../support/github-scene.ts'
import { snapshot } from '../support/github-twin/snapshot.ts'

let scene: Scene
let folder = ''

beforeEach(async () => {
	scene = await githubScene()
	folder = mkdtempSync(path.join(tmpdir(), 'publish-github-'))
	mkdirSync(path.join(folder, 'retail'))
	writeFileSync(path.join(folder, 'retail/reglue.lock.json'), '{}\n')
	writeFileSync(path.join(folder, 'retail/job.py'), 'print(1)\n')
})
afterEach(async () => {
	await scene.close()
	rmSync(folder, { recursive: true })
})

describe('reglue publish --forge github', () => {
	it('brings a generated folder into a pull request, and then has nothing to do', async () => {
		const environment = {
			GITHUB_TOKEN: scene.twin.installationToken(scene.installation),
			GITHUB_API_URL: scene.twin.url,
		}
		const forge = await forgeFor({ forge: 'github', repo: 'acme/etl' }, environment)
		const { config } = loadConfig(folder)
		if (config === undefined) throw new Error('the default config is valid')
		const [published] = await publishUnits(folder, config, forge)
		expect(published?.writes).toEqual(['commit', 'branch', 'pull request', 'check'])
		const { refs } = await snapshot(scene.repository)
		expect(Object.keys(refs['refs/heads/reglue/retail']?.files ?? {})).toContain(`${config.output}/retail/job.py`)
		expect(await publishUnits(folder, config, forge)).toMatchObject([{ writes: [] }])
	}, 60_000)

	it.each([
		[{ forge: 'github', repo: 'acme' }, { GITHUB_TOKEN: 't' }, 'OWNER/NAME'],
		[{ forge: 'github', repo: 'acme/etl' }, {}, 'GITHUB_TOKEN'],
		[{ forge: 'gitlab', repo: 'acme/etl' }, {}, 'there are local and github'],
	])('says what is missing: %j', async (options, environment, words) => {
		await expect(forgeFor(options, environment)).rejects.toThrow(words)
	})
})
