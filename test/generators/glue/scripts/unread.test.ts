import { describe, expect, it } from 'vitest'
import { generate } from '#generators/glue/generate.ts'
import { defaultOptions } from '#generators/glue/options.ts'
import { csharp, taskJob } from '../../../importers/ssis/scripts/task-job.ts'

function scriptOf(main: string, more = ''): string {
	const { artifacts } = generate({ name: 'unit', jobs: [taskJob(csharp(main, more))] }, defaultOptions)
	return artifacts.find(({ path }) => path.includes('glue_jobs/') && path.endsWith('.py'))?.text ?? ''
}

describe('what nothing reads', () => {
	it('is no local and no field, and nor is what only that would have read', () => {
		const text = scriptOf(
			'int first = 41; int second = first; kept = 5; Dts.Variables["User::Found"].Value = kept;',
			'private int unused = 3; private int kept = 1;',
		)
		expect(text).not.toMatch(/first|second|unused/)
		expect(text).toContain('kept = 5')
	})

	it('is not what only decided about a message, or stood where nothing gets to', () => {
		const text = scriptOf(
			'bool fine = true; if (Dts.Variables["User::Name"].Value.ToString() == "x") { fine = false; } bool again = false; if (fine) { Dts.Events.FireInformation(0, "", "all is well", "", 0, ref again); } Dts.Variables["User::Found"].Value = 5; return; fine = false;',
		)
		expect(text).not.toMatch(/fine|again/)
		expect(text).toContain('= 5')
	})

	it('is computed all the same where that may fail', () => {
		expect(scriptOf('int number = int.Parse(Dts.Variables["User::Name"].Value.ToString());')).toMatch(/^ {4}\w+\(/m)
	})
})
