import { describe, expect, it } from 'vitest'
import type { Json, Machine, State } from '#engines/state-machine/definition.ts'
import { readDefinition } from '#engines/state-machine/definition.ts'
import type { Answer } from '#engines/state-machine/run.ts'
import { runMachine } from '#engines/state-machine/run.ts'

const at = '2024-01-15T10:20:30Z'
const machine = (states: Readonly<Record<string, State>>): Machine => ({
	StartAt: Object.keys(states)[0] ?? '',
	States: states,
})
const task = (more: Partial<State>): State => ({ Type: 'Task', Resource: 'r', Arguments: {}, End: true, ...more })
const well = (seconds: number, result: Json = {}): Answer => ({ seconds, result })
const bad = (seconds: number, error = 'States.TaskFailed'): Answer => ({ seconds, error, cause: 'why' })

describe('a state machine', () => {
	it('computes fields in JSONata and keeps variables', async () => {
		const { ending } = await runMachine(
			machine({
				A: {
					Type: 'Pass',
					Assign: { x: '{% $states.input.n + 1 %}' },
					Output: { y: '{% $states.input.n %}' },
					Next: 'B',
				},
				B: { Type: 'Succeed', Output: { sum: '{% $x + $states.input.y %}', text: '{%not%' } },
			}),
			{ n: 2 },
			() => well(0),
			at,
		)
		expect(ending).toEqual({ ok: true, at: 0, output: { sum: 5, text: '{%not%' } })
	})

	it('fails where an expression has no value, or a condition is no truth', async () => {
		const without = machine({ A: { Type: 'Pass', Output: '{% $states.input.nothing %}', End: true } })
		expect((await runMachine(without, {}, () => well(0), at)).ending).toMatchObject({
			ok: false,
			error: 'States.QueryEvaluationError',
		})
		const odd = machine({ A: { Type: 'Choice', Choices: [{ Condition: '{% 1 %}', Next: 'A' }], Default: 'A' } })
		expect((await runMachine(odd, {}, () => well(0), at)).ending).toMatchObject({
			ok: false,
			error: 'States.QueryEvaluationError',
		})
	})

	it('catches errors by name; States.TaskFailed stands for those of tasks', async () => {
		const catching = (error: string) =>
			machine({
				A: task({ Catch: [{ ErrorEquals: [error], Output: '{% $states.errorOutput %}', Next: 'B' }] }),
				B: { Type: 'Succeed' },
			})
		const output = { Error: 'Glue.Odd', Cause: 'why' }
		for (const name of ['Glue.Odd', 'States.TaskFailed', 'States.ALL'])
			expect((await runMachine(catching(name), {}, () => bad(1, 'Glue.Odd'), at)).ending).toEqual({
				ok: true,
				at: 1,
				output,
			})
		expect((await runMachine(catching('Other'), {}, () => bad(1, 'Glue.Odd'), at)).ending).toMatchObject({ ok: false })
		expect(
			(await runMachine(catching('States.TaskFailed'), {}, () => bad(1, 'States.Timeout'), at)).ending,
		).toMatchObject({ ok: false })
	})

	it('runs branches side by side, and stops them when one fails', async () => {
		const branch = (name: string, next: string): Machine => ({
			StartAt: name,
			States: { [name]: task({ End: false, Next: next }), [next]: task({}) },
		})
		const both = machine({ P: { Type: 'Parallel', Branches: [branch('A', 'B'), branch('C', 'D')], End: true } })
		const good = await runMachine(both, {}, ({ state }) => well(state === 'A' ? 5 : 2, state), at)
		expect(good.calls.map(({ at: when, state }) => [when, state])).toEqual([
			[0, 'A'],
			[0, 'C'],
			[2, 'D'],
			[5, 'B'],
		])
		expect(good.ending).toEqual({ ok: true, at: 7, output: ['B', 'D'] })
		const failing = await runMachine(
			both,
			{},
			({ state }) => (state === 'D' ? bad(1) : well(state === 'A' ? 5 : 2)),
			at,
		)
		expect(failing.calls.map(({ state }) => state)).toEqual(['A', 'C', 'D'])
		expect(failing.ending).toMatchObject({ ok: false, at: 3, error: 'States.TaskFailed' })
	})

	it('ends a circle that has no end', async () => {
		const circle = machine({ A: { Type: 'Wait', Seconds: 1, Next: 'A' } })
		expect((await runMachine(circle, {}, () => well(0), at)).ending).toMatchObject({
			ok: false,
			error: 'States.Runtime',
		})
	})

	it('is read as Terraform reads a template', () => {
		const [open, twice] = ['$' + '{', '$$' + '{']
		const text = `{"StartAt":"A","States":{"A":{"Type":"Fail","Error":"${open}job_x}","Cause":"${twice}y} 5%%{"}}}`
		expect(readDefinition(text).States['A']).toMatchObject({ Error: `${open}job_x}`, Cause: `${open}y} 5%{` })
	})
})
