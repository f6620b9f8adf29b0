/** Enumerations of a script's own, worked out by hand from Microsoft's pages of System.Enum. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeTimestamp } from '#model/values.ts'
import { interpretJob } from '#reference/job.ts'
import { startSpark, warmUp } from '../../../support/run-flow.ts'
import { both, reasonOf } from './script-cases.ts'
import { csharp, taskJob } from './task-job.ts'

const engine = startSpark()
beforeAll(() => warmUp(engine))
afterAll(() => engine.close())

const rows = [
	{ id: 1n, name: 'Second' },
	{ id: 9n, name: 'first' },
]

describe('enumerations', () => {
	it('are numbers with names in C#', async () => {
		const given = await both(engine, {
			rows,
			members: `private enum Kind { None, First, Second = 5, Third, Low = -1 }
enum Plain { None, First, Second = 5, Third } [Flags] enum Bits { A = 1, B = 2, Both = A | B } Plain last = Plain.Second;`,
			code: {
				names: '$ = ((Plain)Row.id).ToString() + "," + (Plain)6 + "," + Plain.Second;',
				numbers: 'Plain p = Plain.Third; $ = (int)p + "," + (p == Plain.Third) + "," + (p > Plain.Second);',
				choices:
					'Plain p = Row.id == 1 ? Plain.First : Plain.None; switch (p) { case Plain.First: $ = "first"; break; default: $ = p.ToString(); break; }',
				read: 'try { Plain p = (Plain)Enum.Parse(typeof(Plain), Row.name); $ = p.ToString(); } catch (Exception ex) { $ = ex.Message; }',
				anyCase:
					'$ = ((int)(Plain)Enum.Parse(typeof(Plain), Row.name, true)).ToString() + Enum.IsDefined(typeof(Plain), Row.id);',
				bits: 'Bits b = Bits.A; b |= Bits.B; $ = (b == Bits.Both) + "," + ((b & Bits.B) == Bits.B) + "," + (int)b;',
				remembered: '$ = last.ToString(); last = (Plain)Row.id;',
				days: '$ = ((int)(DayOfWeek)Enum.Parse(typeof(DayOfWeek), "Tuesday")).ToString();',
			},
		})
		expect(given).toEqual({
			names: ['First,Third,Second', '9,Third,Second'],
			numbers: ['6,True,True', '6,True,True'],
			choices: ['first', 'None'],
			read: ['Second', "Requested value 'first' was not found."],
			anyCase: ['5True', '1False'],
			bits: ['True,True,3', 'True,True,3'],
			remembered: ['Second', 'First'],
			days: ['2', '2'],
		})
	})

	it('are numbers with names in Visual Basic', async () => {
		const given = await both(engine, {
			language: 'vb',
			rows,
			members: 'Private Enum Kind As Integer\nA = 1\nB\nLast = 9\nEnd Enum',
			code: {
				names: 'Dim k As Kind = CType(Row.id, Kind)\n$ = k.ToString() & "," & CInt(Kind.B)',
				choices: 'Select Case Row.id\nCase Kind.A\n$ = "a"\nCase Else\n$ = "other"\nEnd Select',
			},
		})
		expect(given).toEqual({ names: ['A,2', 'Last,2'], choices: ['a', 'other'] })
	})

	it('whose values have several names keep them to themselves', () => {
		expect(reasonOf('$ = Bits.A.ToString();', '[Flags] enum Bits { A = 1, B = 2 }')).toContain(
			'several names, or are sums',
		)
	})
})

describe('the result of a task', () => {
	it.each([
		['(int)ScriptResults.Success', undefined],
		['(int)ScriptResults.Failure', 'Code'],
	])('may be held before: %s', (value, failed) => {
		const code = `int result = ${value}; Dts.TaskResult = result; return;`
		const job = taskJob(csharp(code))
		const run = { at: makeTimestamp(0n), job: 'P', project: '', host: '', invocation: '' }
		const { failure } = interpretJob(job, { flows: new Map(), parameters: new Map(), outside: () => ({}), run })
		expect(failure?.operator.includes('Code')).toBe(failed === undefined ? undefined : true)
	})
})
