/** The table of stories in docs/verification.md says what the goldens say. */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { baseEdits } from './base-edits.ts'
import { countsIn } from './counts.ts'
import { everybody, lines } from './everybody.ts'
import { troubles } from './forge-trouble.ts'
import { scenarios } from './scenarios.ts'
import { talks } from './talk.ts'

const files = { 'scenarios.ts': scenarios, 'base-edits.ts': baseEdits, 'forge-trouble.ts': troubles, 'talk.ts': talks }

const goldenOf = (name: string): string => readFileSync(path.join(import.meta.dirname, 'goldens', name), 'utf8')

const row = (story: string, file: string, golden: string): string => {
	const counts = countsIn(goldenOf(golden))
	return `| ${story} | \`${file}\` | ${counts?.writes ?? '?'} | ${counts?.usually ?? '?'} |`
}

it('every story is in docs/verification.md with the writes and kill points that its golden counts', () => {
	const told = Object.entries(files).flatMap(([file, stories]) =>
		Object.keys(stories).map((story) => row(story, file, `${story.replaceAll(' ', '-')}.txt`)),
	)
	const asked = Object.keys(everybody).map((verb) =>
		row(`\`${lines[verb as keyof typeof lines]}\` by everybody`, 'everybody.ts', `everybody/${verb}.md`),
	)
	const rows = [...told, ...asked]
	const text = readFileSync('docs/verification.md', 'utf8')
	expect(rows.filter((line) => !text.includes(line))).toEqual([])
	const total = rows.reduce((sum, line) => sum + Number(/(\d+) \|$/.exec(line)?.[1]), 0)
	expect(text).toContain(`**${total.toLocaleString('en')} kill points**`)
})
