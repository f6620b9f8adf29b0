import { rowsHeld } from '#languages/dotnet/operations/data-tables.ts'
import { textRow } from '#languages/dotnet/operations/databases.ts'
import type { ScriptValue } from '#languages/dotnet/runtime.ts'
import { ScriptRaised } from '#languages/dotnet/runtime.ts'
import type { ScriptTask } from '#model/control-flow.ts'
import type { JobRun } from '../job-run.ts'
import { act } from '../job-run.ts'
import { stop, stopTooLarge } from '../stop.ts'
import type { Decision } from './branches.ts'
import { decisionsOf, outcomeNames, outcomesOf } from './branches.ts'
import { plainValue } from './cells.ts'
import { ScriptMachine, ScriptTooLong } from './machine.ts'
import { askOutside } from './outside.ts'

/** Runs a Script Task. It fails by an exception that nothing catches, and by its own word. */
export function runScript(task: ScriptTask, run: JobRun): void {
	const { program, id, element } = task
	for (const what of outcomesOf(program)) run.tracker.declare({ operator: id, element, what })
	const names = decisionsOf(program)
	const never = (what: string) => (): never => {
		throw new Error(`a task has no ${what}`)
	}
	let failed = false
	const machine = new ScriptMachine(program, {
		parameters: run.parameters,
		variables: run.variables,
		run: run.run,
		outside: (request) => askOutside(request, id, (effect) => act(effect, run)),
		rowsIn: (name) => {
			const rows = run.rowSets.get(name)
			return rows === undefined ? undefined : { kind: 'list', items: rows.map(textRow) }
		},
		setVariable: (name, value) => setVariable(name, value, run),
		column: never('columns'),
		setColumn: never('columns'),
		addRow: never('rows'),
		directRow: never('rows'),
		nextRow: never('rows'),
		setResult: (outcome) => {
			failed = outcome === 'failure'
		},
		decided: (node: Decision, yes) =>
			run.tracker.hit(id, `${names.get(node) ?? ''} ${outcomeNames(node)[yes ? 0 : 1]}`),
	})
	try {
		machine.call(program.entry.main)
	} catch (error) {
		if (error instanceof ScriptTooLong) stopTooLarge(id, error.message)
		if (error instanceof ScriptRaised) stop(id, error.message)
		throw error
	}
	if (failed) stop(id, 'the script reports a failure')
}

/** A list in a variable of type Object is its items, one after another; nothing but loops can read it. */
function setVariable(name: string, value: ScriptValue, run: JobRun): void {
	if (
		typeof value === 'object' &&
		value !== null &&
		(value.kind === 'list' || value.kind === 'map' || value.kind === 'thing')
	) {
		run.variables.set(name, null)
		const rows = rowsHeld(value)
		if (rows !== undefined) run.rowSets.set(name, rows)
		if (value.kind === 'list')
			run.rowSets.set(
				name,
				value.items.map((item) => ({ item: plainValue(item) })),
			)
		return
	}
	run.variables.set(name, value)
}
