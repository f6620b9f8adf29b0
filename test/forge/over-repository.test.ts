import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { forgeOver } from '#forge/over-repository.ts'
import type { Desired } from '#forge/port.ts'
import type { ForgeRepository } from '#forge/repository.ts'
import { begin, end } from '#publish/own-section.ts'
import { formatTrailers } from '#publish/trailers.ts'
import type { Scene } from '../support/github-scene.ts'
import { githubScene } from '../support/github-scene.ts'
import { snapshot } from '../support/github-twin/snapshot.ts'

let scene: Scene
const section = (text: string) => `${begin}\n${text}\n${end}\n`

function desired(files: Readonly<Record<string, string>>, input = 'ab12'): Desired {
	const text = Object.values(files).join(' ')
	return {
		unit: 'retail',
		base: 'main',
		files: new Map(Object.entries(files).map(([file, content]) => [file, new TextEncoder().encode(content)])),
		owned: ['generated/retail'],
		message: `Migrate retail\n\n${formatTrailers({ unit: 'retail', input, version: '0.1.0' })}`,
		pullRequest: {
			title: 'Migrate retail to AWS Glue',
			body: section(text),
			check: { conclusion: 'success', title: 'Equal', summary: text },
		},
	}
}

const first = desired({ 'generated/retail/a.py': '1\n', 'generated/retail/b.py': '2\n' })
const second = desired({ 'generated/retail/a.py': '3\n' }, 'cd34')
const publish = (wanted: Desired, repository: ForgeRepository = scene.forge) => forgeOver(repository).publish(wanted)

beforeEach(async () => {
	scene = await githubScene()
})
afterEach(() => scene.close())

describe('publishing on GitHub', () => {
	it('makes the branch, the pull request, the check and the pristine ref', async () => {
		const published = await publish(first)
		expect(published).toMatchObject({ branch: 'reglue/retail', writes: ['commit', 'branch', 'pull request', 'check'] })
		expect(published.url).toBe(`${scene.twin.url}/acme/etl/pull/1`)
		const { refs, issues, checks } = await snapshot(scene.repository)
		expect(refs['refs/heads/reglue/retail']?.files).toEqual({
			README: 'hello\n',
			'generated/retail/a.py': '1\n',
			'generated/retail/b.py': '2\n',
		})
		expect(refs['refs/reglue/pristine/retail']).toEqual(refs['refs/heads/reglue/retail'])
		expect(issues).toMatchObject([{ kind: 'pull request', head: 'reglue/retail', base: 'main', state: 'open' }])
		expect(checks).toMatchObject([
			{ name: 'reglue', conclusion: 'success', on: 'refs/heads/reglue/retail: Migrate retail' },
		])
	})

	it('writes nothing the second time', async () => {
		const { writes: _first, ...same } = await publish(first)
		scene.twin.journal.clear()
		expect(await publish(first)).toEqual({ ...same, writes: [] })
		expect(scene.twin.journal.writes()).toEqual([])
		expect(scene.twin.journal.requests.length).toBeLessThanOrEqual(9)
	})

	it('adds a revision, keeps what people wrote into the text, and removes what is no longer generated', async () => {
		await publish(first)
		const pull = scene.repository.issues.get(1)
		if (pull !== undefined) pull.body = `Looks good.\r\n${pull.body}`
		expect((await publish(second)).writes).toEqual(['commit', 'pull request', 'check'])
		const { refs, issues } = await snapshot(scene.repository)
		expect(refs['refs/heads/reglue/retail']?.files).toEqual({ README: 'hello\n', 'generated/retail/a.py': '3\n' })
		expect(refs['refs/heads/reglue/retail']?.messages).toHaveLength(3)
		expect(issues[0]?.body).toBe(`Looks good.\n${section('3\n')}`)
	})

	it('leaves people’s commits alone, wherever they are on the branch', async () => {
		const { commit } = await publish(first)
		await scene.dana.commit(scene.repository, 'reglue/retail', { 'generated/retail/a.py': 'mine\n' })
		const again = await publish(second)
		expect(again).toMatchObject({ writes: [], held: expect.stringContaining('people have committed') })
		expect(again.commit).not.toBe(commit)
	})

	it('takes a closed pull request for a no, until the input changes', async () => {
		await publish(first)
		await scene.dana.closePull(scene.repository, 1)
		expect(await publish(first)).toMatchObject({
			writes: [],
			held: expect.stringContaining('pull request 1 was closed'),
		})
		expect((await publish(second)).writes).toContain('pull request')
		expect(scene.repository.issues.get(2)?.state).toBe('open')
	})

	it.each(['merge', 'squash'] as const)(
		'starts again from the base after a %s, with the branch kept or deleted',
		async (method) => {
			await publish(first)
			await scene.dana.merge(scene.repository, 1, method)
			const calm = await publish(first)
			expect(calm.writes).toEqual([])
			if (method === 'merge') await scene.dana.deleteBranch(scene.repository, 'reglue/retail')
			await publish(second)
			const { refs, issues } = await snapshot(scene.repository)
			expect(issues.map(({ state }) => state)).toEqual(['closed', 'open'])
			expect(refs['refs/heads/reglue/retail']?.messages[0]).toContain('Migrate retail')
			const pull = await scene.forge.compare('main', 'reglue/retail')
			expect([pull?.behind, pull?.commits.length]).toEqual([0, 1])
		},
	)

	it('gives up when somebody else is faster, without a trace on the branch', async () => {
		await publish(first)
		const racing = scene.again({
			fetch: async (input, init) => {
				if (init?.method === 'PATCH') await scene.dana.commit(scene.repository, 'reglue/retail', { c: '1' })
				return fetch(input, init)
			},
		})
		await expect(publish(second, racing)).rejects.toMatchObject({ kind: 'conflict' })
		expect((await snapshot(scene.repository)).refs['refs/heads/reglue/retail']?.files['generated/retail/a.py']).toBe(
			'1\n',
		)
	})
})

describe('killed at every write and started again', () => {
	// The first push is the beginning of an update: its kill points are among these.
	const scenarios: Readonly<Record<string, readonly Desired[]>> = { 'first push and update': [first, second] }

	it.each(Object.keys(scenarios))('it ends in the same state: %s', async (name) => {
		const steps = scenarios[name] ?? []
		for (const step of steps) await publish(step)
		const expected = await snapshot(scene.repository)
		const count = scene.twin.journal.writes().length
		for (let number = 1; number <= count; number++) {
			for (const when of ['before', 'after'] as const) {
				await scene.close()
				scene = await githubScene()
				scene.twin.faults.dieAtWrite(number, when)
				for (const step of steps) {
					await publish(step).catch(async () => {
						expect(scene.twin.faults.dead()).toBe(true)
						scene.twin.faults.clear()
						await publish(step, scene.again())
					})
				}
				expect(await snapshot(scene.repository)).toEqual(expected)
				scene.twin.journal.clear()
				const last = steps.at(-1)
				if (last !== undefined) await publish(last)
				expect(scene.twin.journal.writes()).toEqual([])
			}
		}
		process.stdout.write(`kill points of '${name}': ${count * 2}\n`)
	})
})
