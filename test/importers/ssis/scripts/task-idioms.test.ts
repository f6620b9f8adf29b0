/** Turns of phrase of Script Tasks, each with what C# or Visual Basic makes of it, worked out by hand. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Job } from '#model/job.ts'
import type { Value } from '#model/values.ts'
import { makeTimestamp } from '#model/values.ts'
import type { Answer, Effect } from '#reference/effects.ts'
import { interpretJob } from '#reference/job.ts'
import { proveJob } from '../../../support/prove-job.ts'
import { startSpark, warmUp } from '../../../support/run-flow.ts'
import { csharp, taskJob } from './task-job.ts'

const engine = startSpark()
beforeAll(() => warmUp(engine))
afterAll(() => engine.close())

/** What is left in the variables Name and Found, and what was done outside; Spark does the same. */
async function given(job: Job, answer: (effect: Effect) => Answer = () => ({})) {
	const effects: Effect[] = []
	const { variables, failure } = interpretJob(job, {
		flows: new Map(),
		parameters: new Map(),
		outside: (effect) => {
			effects.push(effect)
			return answer(effect)
		},
		run: { at: makeTimestamp(0n), job: job.name, project: '', host: '', invocation: '' },
	})
	const { proof, script } = await proveJob(engine, job)
	expect(proof.report, `${script}\n${JSON.stringify(proof.details)}`).toMatchObject({ level: 'E3' })
	const left: readonly (Value | undefined)[] = [variables.get('User::Name'), variables.get('User::Found')]
	return { left, effects, failure, script }
}

describe('a task', () => {
	it('asks which variables it was given', async () => {
		const { left } = await given(
			taskJob(
				csharp(`if (Dts.Variables.Contains("User::Count")) Dts.Variables["User::Found"].Value = 1;
            if (Dts.Variables.Contains("Other")) Dts.Variables["User::Found"].Value = 2;
            Dts.Variables["User::Name"].Value = Dts.Variables["User::Count"].Value.ToString();`),
			),
		)
		expect(left).toEqual(['7', 1n])
	})

	it('knows the day of the week', async () => {
		// 29 February 2024 was a Thursday, the fourth day behind Sunday.
		const { left } = await given(
			taskJob(
				csharp(`DateTime day = (DateTime)Dts.Variables["User::Day"].Value;
            DayOfWeek which = day.DayOfWeek;
            int found = (int)which;
            if (which == DayOfWeek.Thursday && which > DayOfWeek.Monday) found += 10;
            switch (day.AddDays(2).DayOfWeek) { case DayOfWeek.Saturday: case DayOfWeek.Sunday: found += 100; break; default: found = 0; break; }
            DateTime sunday = day.AddDays(-(int)day.DayOfWeek);
            Dts.Variables["User::Found"].Value = found;
            Dts.Variables["User::Name"].Value = which + " " + day.AddDays(1).DayOfWeek.ToString().Substring(0, 3) + " " + sunday.ToString("dd.MM.");`),
			),
		)
		expect(left).toEqual(['Thursday Fri 25.02.', 114n])
	})

	it('knows it in Visual Basic, where it is a number at once', async () => {
		const code = `Imports System\nPublic Class ScriptMain\n  Public Sub Main()\n    Dim day As DateTime = CDate(Dts.Variables("Day").Value)\n    If day.DayOfWeek = 4 Then Dts.Variables("User::Found").Value = day.DayOfWeek + 1\n    Dts.TaskResult = Dts.Results.Success\n  End Sub\nEnd Class`
		expect((await given(taskJob(code, 'VisualBasic'))).left[1]).toBe(5n)
	})

	it('waits for a file as often as it counts', async () => {
		const job = taskJob(
			csharp(`int tries = 0;
            while (!File.Exists(@"C:\\in\\a.csv") && tries < 3) { System.Threading.Thread.Sleep(60000); tries++; }
            Dts.Variables["User::Found"].Value = tries;
            Dts.TaskResult = tries < 3 ? (int)ScriptResults.Success : (int)ScriptResults.Failure;
            return;`),
		)
		const there = await given(job, () => ({ value: true }))
		expect([there.left[1], there.failure, there.effects.length]).toEqual([0n, undefined, 1])
		expect(there.script).toContain('pause(60000)')
		const never = await given(job, () => ({ value: false }))
		expect(never.left[1]).toBe(3n)
		expect(never.failure).toMatchObject({ message: 'the script reports a failure' })
		expect(never.effects.filter((one) => one.kind === 'helper' && one.helper === 'pause')).toHaveLength(3)
	})

	it('puts texts into rooms of a width', async () => {
		const { left } = await given(
			taskJob(
				csharp(`double price = 1234.5;
            Dts.Variables["User::Name"].Value = string.Format("{0,10:N2}|{1,-4}|{2,1}", price, "ab", "abc") + $"|{price,7:F1}|{"x",-3}|";`),
			),
		)
		expect(left[0]).toBe('  1,234.50|ab  |abc| 1234.5|x  |')
	})

	it('ends as its number says', async () => {
		const { failure } = await given(taskJob(csharp('Dts.TaskResult = 1; return;')))
		expect(failure).toMatchObject({ message: 'the script reports a failure' })
	})

	it('leaves out windows, and says so', async () => {
		const job = taskJob(
			csharp(
				'MessageBox.Show("Found " + Dts.Variables["User::Count"].Value.ToString(), "Done", MessageBoxButtons.OK); Dts.Variables["User::Found"].Value = 2;',
			),
		)
		expect(job.differences.map(({ id }) => id)).toEqual(['RG-D190'])
		expect((await given(job)).left[1]).toBe(2n)
	})
})

describe('a task with files that it only opens', () => {
	it.each([
		['File.Open', 'File.Open(path, FileMode.Open, FileAccess.Read, FileShare.None)'],
		['a FileStream', 'new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None)'],
	])('takes one that is there for free: %s', async (_how, opening) => {
		const job = taskJob(
			csharp(`string path = @"C:\\in\\a.csv";
            FileStream stream = null;
            try { stream = ${opening}; Dts.Variables["User::Found"].Value = 1; }
            catch (IOException) { Dts.Variables["User::Found"].Value = 2; }
            finally { if (stream != null) stream.Close(); }`),
		)
		expect((await given(job, () => ({ value: true }))).left[1]).toBe(1n)
		expect((await given(job, () => ({ value: false }))).left[1]).toBe(2n)
		expect(job.differences.map(({ id }) => id)).toEqual(['RG-D193'])
	})

	it('makes files and archives', async () => {
		const job = taskJob(
			csharp(`File.SetAttributes(@"C:\\in\\a.zip", FileAttributes.Normal);
            System.IO.Compression.ZipFile.ExtractToDirectory(@"C:\\in\\a.zip", @"C:\\in\\a");
            System.IO.Compression.ZipFile.CreateFromDirectory(@"C:\\in\\a", @"C:\\out\\b.zip");
            File.Create(@"C:\\out\\done.flag").Close();
            using (FileStream flag = File.Create(@"C:\\out\\all.flag")) { }`),
		)
		const { effects, script } = await given(job)
		expect(effects).toMatchObject([
			{ helper: 'extract_archive', args: { archive: 'C:\\in\\a.zip', folder: 'C:\\in\\a' } },
			{ helper: 'archive_folder', args: { folder: 'C:\\in\\a', archive: 'C:\\out\\b.zip' } },
			{ helper: 'create_file', args: { path: 'C:\\out\\done.flag' } },
			{ helper: 'create_file', args: { path: 'C:\\out\\all.flag' } },
		])
		expect(script).toContain('create_file(spark, ')
	})

	it('says that it cannot write to a file by bytes', () => {
		expect(() => taskJob(csharp('FileStream f = new FileStream("a", FileMode.Append);'))).toThrow(/FileMode\.Append/)
	})
})
