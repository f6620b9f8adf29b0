/** Variables by methods of the script's own, as scripts of the first versions read and set them. */
import { describe, expect, it } from 'vitest'
import { makeTimestamp } from '#model/values.ts'
import { interpretJob } from '#reference/job.ts'
import { csharp, taskJob } from './task-job.ts'

const methods = `private object Read(string name) { object given = null; Variables vars = null;
	try { Dts.VariableDispenser.LockForRead(name); Dts.VariableDispenser.GetVariables(ref vars);
		try { given = vars[name].Value; } catch (Exception) { throw; } finally { vars.Unlock(); } }
	catch (Exception) { throw; }
	return given; }
private void Write(string name, object value) { Variables vars = null;
	Dts.VariableDispenser.LockOneForWrite(name, ref vars); vars[name].Value = value; vars.Unlock(); }`

const left = (main: string) =>
	interpretJob(taskJob(csharp(main, methods)), {
		flows: new Map(),
		parameters: new Map(),
		outside: () => ({}),
		run: { at: makeTimestamp(0n), job: 'P', project: '', host: '', invocation: '' },
	}).variables

describe('a method that only reads or sets the variable whose name it is given', () => {
	it('means that variable where the name is known', () => {
		const variables = left(
			'int count = (int)Read("User::Count"); Write("User::Found", count + 1); Write("Name", Read("User::Count").ToString() + "!");',
		)
		expect(variables.get('User::Found')).toBe(8n)
		expect(variables.get('User::Name')).toBe('7!')
	})

	it('stays opaque where only the run knows the name', () => {
		expect(() => left('string name = Read("User::Name").ToString(); Write(name, 1);')).toThrow(
			'a variable whose name is only known at run time',
		)
	})
})
