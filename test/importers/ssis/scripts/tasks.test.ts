import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Job } from '#model/job.ts'
import { makeTimestamp } from '#model/values.ts'
import { interpretJob } from '#reference/job.ts'
import { proveJob } from '../../../support/prove-job.ts'
import { startSpark, warmUp } from '../../../support/run-flow.ts'
import { csharp, taskJob } from './task-job.ts'

const engine = startSpark()
beforeAll(() => warmUp(engine))
afterAll(() => engine.close())

function run(job: Job) {
	return interpretJob(job, {
		flows: new Map(),
		parameters: new Map(),
		run: { at: makeTimestamp(0n), job: job.name, project: '', host: '', invocation: '' },
	})
}

describe('a task that sets variables', () => {
	it('computes them from others', async () => {
		const job = taskJob(
			csharp(`string name = Path.GetFileNameWithoutExtension(Dts.Variables["User::Name"].Value.ToString());
            int count = (int)Dts.Variables["Count"].Value;
            DateTime day = Convert.ToDateTime(Dts.Variables["User::Day"].Value);
            if (count > 5 && name.StartsWith("orders")) Dts.Variables["User::Found"].Value = count * 2;
            MessageBox.Show("Done: " + count.ToString());
            Dts.Variables["User::Name"].Value = string.Format("{0}_{1:yyyyMMdd}.txt", name.Substring(0, 6), day.AddDays(1));`),
		)
		const { variables, failure } = run(job)
		expect(failure).toBeUndefined()
		expect(variables.get('User::Found')).toBe(14n)
		expect(variables.get('User::Name')).toBe('orders_20240301.txt')
		const { proof, script } = await proveJob(engine, job)
		expect(proof.report, script).toMatchObject({ level: 'E3' })
	})

	it('in Visual Basic', async () => {
		const code = `Imports System\nPublic Class ScriptMain\n  Public Sub Main()\n    Dim n As Integer = CInt(Dts.Variables("Count").Value)\n    Dim i As Integer\n    For i = 1 To 3\n      n += i\n    Next\n    Dts.Variables("User::Found").Value = n\n    Dts.TaskResult = Dts.Results.Success\n  End Sub\nEnd Class`
		const job = taskJob(code, 'VisualBasic')
		expect(run(job).variables.get('User::Found')).toBe(13n)
		const { proof, script } = await proveJob(engine, job)
		expect(proof.report, script).toMatchObject({ level: 'E3' })
	})

	it('fails by its own word, and by what nothing catches', async () => {
		const says = taskJob(
			csharp('if ((int)Dts.Variables["Count"].Value > 1) { Dts.TaskResult = (int)ScriptResults.Failure; return; }'),
		)
		expect(run(says).failure).toMatchObject({ message: 'the script reports a failure' })
		const raises = taskJob(csharp('throw new Exception("not today");'))
		expect(run(raises).failure).toMatchObject({ message: 'not today' })
		expect((await proveJob(engine, says)).proof).toMatchObject({ failed: false })
	})
})

describe('a task that works on files', () => {
	it('asks and acts through helpers, in the same order on both sides', async () => {
		const job = taskJob(
			csharp(`string folder = @"C:\\in";
            int found = 0;
            foreach (string file in Directory.GetFiles(folder, "*.csv"))
            {
                FileInfo info = new FileInfo(file);
                if (info.Length == 0) { File.Delete(file); continue; }
                File.Move(file, Path.Combine(@"C:\\done", info.Name));
                found++;
            }
            if (!Directory.Exists(@"C:\\log")) Directory.CreateDirectory(@"C:\\log");
            using (StreamWriter log = new StreamWriter(@"C:\\log\\run.txt", true))
            {
                log.WriteLine("moved " + found);
            }
            using (StreamReader reader = new StreamReader(@"C:\\log\\names.txt"))
            {
                string line;
                while ((line = reader.ReadLine()) != null) { if (line.Contains("2")) found += 10; }
            }
            Dts.Variables["User::Found"].Value = found;`),
		)
		const { proof, script } = await proveJob(engine, job)
		expect(proof.report, `${script}\n${JSON.stringify(proof.details)}`).toMatchObject({ level: 'E3' })
		expect(proof.report.effects_compared).toBeGreaterThan(3)
	})
})

describe('a task that takes files line by line', () => {
	it('reads, writes and appends them', async () => {
		const job = taskJob(
			csharp(`string[] lines = File.ReadAllLines(@"C:\\in\\names.txt");
            int found = 0;
            foreach (string line in lines) { if (line.Length > 1) found++; }
            File.WriteAllLines(@"C:\\out\\copy.txt", lines);
            File.AppendAllLines(@"C:\\out\\log.txt", new string[] { "lines", found.ToString() });
            Dts.Variables["User::Found"].Value = found;`),
		)
		const { proof, script } = await proveJob(engine, job)
		expect(proof.report, `${script}\n${JSON.stringify(proof.details)}`).toMatchObject({ level: 'E3' })
		expect(proof.report.effects_compared).toBeGreaterThan(2)
	})
})

describe('what the server would say', () => {
	it('is the temporary folder of a service, and a sensitive value is a value', () => {
		const job = taskJob(
			csharp(`Dts.Variables["User::Name"].Value = Path.Combine(Path.GetTempPath(), "a.csv");
            try { Dts.Variables["User::Found"].Value = Dts.Variables["Count"].Value; }
            catch { Dts.Variables["User::Found"].Value = Dts.Variables["Count"].GetSensitiveValue(); }`),
		)
		expect(run(job).variables.get('User::Name')).toBe('C:\\Windows\\TEMP\\a.csv')
		expect(run(job).variables.get('User::Found')).toBe(7n)
		expect(job.differences.map(({ id }) => id)).toContain('RG-D121')
	})
})

describe('what is not understood', () => {
	it('is named with its line', () => {
		expect(() => taskJob(csharp('var excel = new Microsoft.Office.Interop.Excel.Application();'))).toThrow(
			/line \d+, new Application/,
		)
		expect(() => taskJob(csharp('Dts.Variables["User::Count"].Value = 1;'))).toThrow(/may only read it/)
		expect(() => taskJob(csharp('int x = ;'))).toThrow(/cannot be read: line/)
		expect(() => taskJob(csharp('long n = (long)Dts.Variables["User::Count"].Value;'))).toThrow(/fails at run time/)
	})
})
