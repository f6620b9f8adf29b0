import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { HelperAnswer } from '#engines/port.ts'
import { generate } from '#generators/glue/generate.ts'
import { defaultOptions } from '#generators/glue/options.ts'
import { wellFormed } from '#generators/well-formed.ts'
import type { ControlFlow, Task } from '#model/control-flow.ts'
import { int } from '#model/types.ts'
import {
	base,
	column,
	flow,
	job,
	link,
	literal,
	schema,
	sourced,
	tableSource,
	tableTarget,
} from '../../support/model-builder.ts'
import { startSpark, warmUp } from '../../support/run-flow.ts'

const engine = startSpark()
beforeAll(() => warmUp(engine))
afterAll(() => engine.close())

const task = (name: string) => ({ id: name, element: name, name, disabled: false, provenance: base(name).provenance })
const statement = (name: string, sql: string): Task => ({
	...task(name),
	kind: 'execute-sql',
	connection: 'DW',
	batches: [sourced(literal(sql))],
	parameters: [],
	result: { kind: 'none' },
})
const edge = (from: string, to: string, outcome: 'success' | 'failure' | 'completion' = 'success') => ({
	id: `${from}-${to}`,
	from,
	to,
	outcome,
	combine: 'and' as const,
	provenance: base(from).provenance,
})

function packageOf(control: ControlFlow, changes: Partial<ReturnType<typeof job>> = {}) {
	return job([], { kind: 'package', dialect: 'ssis', control, ...changes })
}

/** Statements that the script ran, in order, and how it ended. */
async function run(model: ReturnType<typeof job>, answers: readonly HelperAnswer[] = []) {
	const { artifacts } = generate({ name: 'unit', jobs: [model] }, defaultOptions)
	const script = artifacts.find(({ path: place }) => place.includes('glue_jobs'))
	expect(wellFormed(model, script === undefined ? [] : [script])).toEqual([])
	const folder = await mkdtemp(path.join(tmpdir(), 'reglue-'))
	try {
		const file = path.join(folder, 'script.py')
		await writeFile(file, script?.text ?? '')
		const outcome = await engine.run({
			script: file,
			args: { dw_connection: 'jdbc:reglue:DW' },
			helpers: [{ name: 'sql', answers, otherwise: { kind: 'value', value: [] } }],
		})
		return {
			statements: outcome.effects.map(({ args }) => args['statement']),
			failure: outcome.ok ? undefined : outcome.failure.message,
			script: script?.text ?? '',
		}
	} finally {
		await rm(folder, { recursive: true, force: true })
	}
}

const failing = (sql: string): HelperAnswer => ({
	when: { statement: sql },
	reply: { kind: 'error', message: 'no such table' },
})

describe('the control flow of a package', () => {
	it('a chain of successes is a sequence of calls that ends with the first failure', async () => {
		const model = packageOf({
			tasks: [statement('One', 'A'), statement('Two', 'B'), statement('Three', 'C')],
			precedences: [edge('One', 'Two'), edge('Two', 'Three')],
			joins: [],
		})
		expect((await run(model)).statements).toEqual(['A', 'B', 'C'])
		const failed = await run(model, [failing('B')])
		expect(failed.statements).toEqual(['A', 'B'])
		expect(failed.failure).toContain('no such table')
	})

	it('failure paths run, tasks without their precedence do not, and the run fails with its first failure', async () => {
		const model = packageOf({
			tasks: [statement('Load', 'L'), statement('Repair', 'R'), statement('Report', 'P'), statement('Always', 'Z')],
			precedences: [edge('Load', 'Repair', 'failure'), edge('Load', 'Report'), edge('Load', 'Always', 'completion')],
			joins: [],
		})
		expect(await run(model)).toMatchObject({ statements: ['L', 'P', 'Z'], failure: undefined })
		expect(await run(model, [failing('L')])).toMatchObject({
			statements: ['L', 'R', 'Z'],
			failure: 'Task Load: no such table',
		})
	})

	it('a task that waits for any of several runs once one has ended', async () => {
		const tasks = [statement('A', 'A'), statement('B', 'B'), statement('Join', 'J')]
		const precedences = [edge('A', 'Join'), edge('B', 'Join')]
		const any = packageOf({ tasks, precedences, joins: [{ task: 'Join', needs: 'any' }] })
		const all = packageOf({ tasks, precedences, joins: [{ task: 'Join', needs: 'all' }] })
		expect((await run(any, [failing('A')])).statements).toEqual(['A', 'B', 'J'])
		expect((await run(all, [failing('A')])).statements).toEqual(['A', 'B'])
	})

	it('a single row goes into variables, which bind markers and conditions; a disabled task counts as a success', async () => {
		const count: Task = {
			...task('Count'),
			kind: 'execute-sql',
			connection: 'DW',
			batches: [sourced(literal('SELECT n'))],
			parameters: [],
			result: { kind: 'single-row', bindings: [{ column: 0, variable: 'User::n' }] },
		}
		const use: Task = {
			...task('Use'),
			kind: 'execute-sql',
			connection: 'DW',
			batches: [sourced(literal('DELETE ?'))],
			parameters: [{ direction: 'input', variable: 'User::n', type: int(32) }],
			result: { kind: 'none' },
		}
		const model = packageOf(
			{
				tasks: [count, { ...statement('Off', 'X'), disabled: true }, use],
				precedences: [edge('Count', 'Off'), edge('Off', 'Use')],
				joins: [],
			},
			{
				variables: [
					{ name: 'User::n', type: int(32), initial: literal(0n, int(32)), provenance: base('n').provenance },
				],
			},
		)
		const answered = await run(model, [
			{ when: { statement: 'SELECT n' }, reply: { kind: 'value', value: [{ n: '42' }] } },
		])
		expect(answered.failure).toBeUndefined()
		expect(answered.statements).toEqual(['SELECT n', 'DELETE ?'])
		expect((await run(model)).failure).toContain('a single row was expected')
	})

	it('a row count is there for the tasks after its data flow, for no rows too', async () => {
		const rows = schema(column('ID', int(32)))
		const counting = flow(
			[
				tableSource('T', rows),
				{ ...base('Count'), kind: 'observe', what: { kind: 'row-count', variable: 'User::n' } },
				tableTarget('U', rows),
			],
			[link('T > Count', rows), link('Count > U', rows)],
			'Flow',
		)
		const use: Task = {
			...task('Use'),
			kind: 'execute-sql',
			connection: 'DW',
			batches: [sourced(literal('LOG ?'))],
			parameters: [{ direction: 'input', variable: 'User::n', type: int(32) }],
			result: { kind: 'none' },
		}
		const model = job([counting], {
			kind: 'package',
			dialect: 'ssis',
			variables: [{ name: 'User::n', type: int(32), initial: literal(0n, int(32)), provenance: base('n').provenance }],
			control: {
				tasks: [{ ...task('Flow'), kind: 'data-flow', flow: 'Flow' }, use],
				precedences: [edge('Flow', 'Use')],
				joins: [],
			},
		})
		const { artifacts } = generate({ name: 'unit', jobs: [model] }, defaultOptions)
		const script = artifacts.find(({ path: place }) => place.includes('glue_jobs'))?.text ?? ''
		const folder = await mkdtemp(path.join(tmpdir(), 'reglue-'))
		try {
			await writeFile(path.join(folder, 'script.py'), script)
			for (const count of [0, 3]) {
				await writeFile(
					path.join(folder, 'T.jsonl'),
					Array.from({ length: count }, (_none, index) => `{"ID":${index}}\n`).join(''),
				)
				const table = (name: string, role: 'read' | 'write', place: string) => ({
					connection: 'DW',
					source: { table: name },
					role,
					path: path.join(folder, place),
					schema: rows,
				})
				const outcome = await engine.run({
					script: path.join(folder, 'script.py'),
					args: { dw_connection: 'jdbc:reglue:DW' },
					tables: [table('T', 'read', 'T.jsonl'), table('U', 'write', `U${count}`)],
					helpers: [{ name: 'sql', answers: [] }],
				})
				expect(outcome.ok, JSON.stringify(outcome)).toBe(true)
				expect(outcome.effects.find(({ helper }) => helper === 'sql')?.args['parameters']).toEqual([count])
			}
		} finally {
			await rm(folder, { recursive: true, force: true })
		}
	})
})
