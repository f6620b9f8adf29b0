import { describe, expect, it } from 'vitest'
import { longestBody } from '#publish/body.ts'
import { listedJobs } from '#publish/job-table.ts'
import { parseMarker } from '#publish/marker.ts'
import { begin, end } from '#publish/own-section.ts'
import { pullRequestText } from '#publish/pull-request.ts'
import { jobReportOf } from '../support/job-report.ts'

const marker = { version: 1 as const, pristine: 'a'.repeat(40) }
const long = 'a reason that takes some room, as those of real stages do'.repeat(4)

/** Every tenth job waits for a person, with a long list of why. */
const jobs = (count: number) =>
	Array.from({ length: count }, (_unused, index) => {
		const name = `Load_Fact_Table_Of_A_Long_Name_${index}`
		const items = Array.from({ length: 8 }, (_one, stage) => ({
			id: `${name}/Stage${stage}`,
			type: 'PxPivot',
			outcome: 'opaque' as const,
			reason: long,
		}))
		return index % 10 === 9
			? jobReportOf({
					name,
					category: 'MANUAL',
					accounting: { ...jobReportOf().accounting, total: 8, exact: 0, opaque: 8, items },
				})
			: jobReportOf({ name })
	})

describe('a body that is too long', () => {
	const report = '[the report](https://example.test/report)'
	const { body, whole = '' } = pullRequestText('legacy.batch', jobs(500), { marker, report })

	it('has all that the forge takes and no more, with its marks and its legend', () => {
		expect(body.length).toBeLessThanOrEqual(longestBody)
		expect(body.length).toBeGreaterThan(longestBody * 0.9)
		expect(body.startsWith(begin)).toBe(true)
		expect(body.trimEnd().endsWith(end)).toBe(true)
		expect(parseMarker(body)).toMatchObject(marker)
		expect(body).toContain('Evidence: **E0**')
	})

	it('says what is left out and where all of it is', () => {
		const listed = listedJobs(body).length
		const sections = body.match(/<details/g)?.length ?? 0
		const left = [...(listed === 500 ? [] : [`${500 - listed} jobs`]), `${500 - sections} lists of notes`].join(' and ')
		expect(body).toContain(
			`**${left} are left out here**: a pull request takes no longer text. All of it is in ${report}.`,
		)
		expect(listedJobs(whole)).toHaveLength(500)
		expect(whole.length).toBeGreaterThan(longestBody)
	})

	it('keeps jobs that wait for a person before those that do not', () => {
		const manual = listedJobs(body).filter(({ category }) => category === 'MANUAL')
		expect(manual).toHaveLength(50)
		const shown = [...body.matchAll(/<details( open)?>/g)].map(([, open]) => open !== undefined)
		expect(shown.lastIndexOf(true)).toBe(shown.filter(Boolean).length - 1)
	})

	it('cuts no list of notes in the middle', () => {
		expect(body.match(/<details/g)?.length).toBe(body.match(/<\/details>/g)?.length)
	})

	it.each([300, 2000, 20_000])('fits into %i characters beside the text of people', (room) => {
		const cut = pullRequestText('legacy.batch', jobs(500), { marker, report, room: 1200 + room })
		expect(cut.body.length).toBeLessThanOrEqual(1200 + room)
		expect(cut.body).toContain(report)
		expect(parseMarker(cut.body)).toMatchObject(marker)
	})

	it('leaves out what was generated beside an edit of people when that alone is too long', () => {
		const conflicts = [{ path: 'generated/a.py', why: 'edited' as const, ours: 'x = 1\n'.repeat(20_000) }]
		const cut = pullRequestText('daily', [jobReportOf()], { marker, report, conflicts })
		expect(cut.body.length).toBeLessThanOrEqual(longestBody)
		expect(cut.body).toContain('**1 section about files is left out here**')
		expect(listedJobs(cut.body)).toHaveLength(1)
	})
})

describe('a body that fits', () => {
	it('is whole, whether there is a report or not', () => {
		const text = pullRequestText('daily', jobs(20), { marker })
		expect(text).not.toHaveProperty('whole')
		expect(pullRequestText('daily', jobs(20), { marker, report: 'r' })).toEqual(text)
	})
})
