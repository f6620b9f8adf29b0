import { describe, expect, it } from 'vitest'
import { unmappedScriptPaths } from '#generators/glue/plan/script-paths.ts'
import { csharp, taskJob } from '../../../importers/ssis/scripts/task-job.ts'

const job = taskJob(
	csharp(`string day = DateTime.Now.ToString("yyyyMMdd");
        File.Copy("C:\\\\in\\\\a.csv", Path.Combine("\\\\\\\\srv\\\\share", day), true);
        File.Delete("C:\\\\in\\\\a.csv");
        File.Delete(Dts.Variables["Name"].Value.ToString());`),
)
const told = (paths: Readonly<Record<string, string>>): readonly string[] =>
	unmappedScriptPaths(job, paths).map(({ what }) => what)

describe('paths that a script spells', () => {
	it('are told once each where the config maps none of them', () => {
		expect(told({})).toEqual([
			'The script of Code works on C:\\in\\a.csv, which has no new place.',
			'The script of Code works on \\\\srv\\share, which has no new place.',
		])
	})

	it('are in order where it does', () => {
		expect(told({ 'C:\\in': 's3://landing/in', '\\\\srv\\share': 's3://landing/share' })).toEqual([])
	})
})
