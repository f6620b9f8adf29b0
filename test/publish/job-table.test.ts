import { expect, it } from 'vitest'
import { listedJobs } from '#publish/job-table.ts'
import { pullRequestText } from '#publish/pull-request.ts'
import { jobReportOf } from '../support/job-report.ts'

it('reads back the jobs that the text of a pull request lists, whatever they are called', () => {
	const names = ['Daily', 'A | B', '`x`', 'a `` b', 'Größe & <b>', '\\|']
	const jobs = names.map((name) => jobReportOf({ name }))
	const { body } = pullRequestText('retail', jobs)
	expect(listedJobs(body).map(({ name }) => name)).toEqual(names)
	expect(listedJobs(body.replaceAll('\n', '\r\n'))).toEqual(listedJobs(body))
	expect(listedJobs(body)[0]).toMatchObject({ category: jobs[0]?.category, evidence: jobs[0]?.evidence.level })
	expect(listedJobs('Nothing of ours.')).toEqual([])
})
