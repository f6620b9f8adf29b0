import { afterAll, describe, expect, it } from 'vitest'
import { golden } from '../../support/golden.ts'
import type { Scenario } from '../../support/scenario.ts'
import { survive } from '../../support/scenario.ts'
import { baseEdits } from './base-edits.ts'
import { counted } from './counts.ts'
import { troubles } from './forge-trouble.ts'
import { scenarios } from './scenarios.ts'

const stories: Readonly<Record<string, Scenario>> = { ...scenarios, ...baseEdits, ...troubles }

describe('a scenario ends the same however it is delivered, and wherever it is killed', () => {
	let total = 0
	it.each(Object.entries(stories))('%s', { timeout: 1_200_000 }, async (name, scenario) => {
		const { end, killPoints, usually } = await survive(scenario, (play, expected, how) => {
			// Word for word first: large states take long to compare part by part.
			if (JSON.stringify(play.state) !== JSON.stringify(expected.state)) expect(play.state, how).toEqual(expected.state)
			expect(play.idle, `${how}: writes although nothing changed`).toBe(0)
		})
		expect(end.idle).toBe(0)
		total += killPoints
		process.stdout.write(`kill points of '${name}': ${killPoints}\n`)
		const page = golden(scenario.isLarge === true ? { ...end.state, refs: {} } : end.state)
		await expect(`${counted({ writes: end.writes, usually })}${page}`).toMatchFileSnapshot(
			`goldens/${name.replaceAll(' ', '-')}.txt`,
		)
	})
	afterAll(() => process.stdout.write(`kill points of all scenarios: ${total}\n`))
})
