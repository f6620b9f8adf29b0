import { afterAll, describe, expect, it } from 'vitest'
import { golden } from '../../support/golden.ts'
import type { Scenario } from '../../support/scenario.ts'
import { survive } from '../../support/scenario.ts'
import { sameTalk } from './compare.ts'
import { counted } from './counts.ts'
import { talks } from './talk.ts'

const stories: Readonly<Record<string, Scenario>> = talks

describe('what people say ends the same however it is delivered, and wherever it is killed', () => {
	let total = 0
	it.each(Object.entries(stories))('%s', { timeout: 300_000 }, async (name, scenario) => {
		const { end, killPoints, usually } = await survive(scenario, sameTalk)
		expect(end.idle).toBe(0)
		total += killPoints
		await expect(`${counted({ writes: end.writes, usually })}${golden(end.state)}`).toMatchFileSnapshot(
			`goldens/${name.replaceAll(' ', '-')}.txt`,
		)
	})
	afterAll(() => process.stdout.write(`kill points of what people say: ${total}\n`))
})
