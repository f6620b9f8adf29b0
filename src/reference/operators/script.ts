import { raise, ScriptRaised } from '#languages/dotnet/runtime.ts'
import type { ScriptOperator } from '#model/operators.ts'
import type { Row, Value } from '#model/values.ts'
import { declareBranches } from '../branches.ts'
import type { FlowContext, Interpreter } from '../context.ts'
import type { Decision } from '../scripts/branches.ts'
import { decisionsOf, outcomeNames, outcomesOf } from '../scripts/branches.ts'
import { plainValue } from '../scripts/cells.ts'
import { ScriptMachine, ScriptTooLong } from '../scripts/machine.ts'
import { askOutside } from '../scripts/outside.ts'
import { stop, stopTooLarge } from '../stop.ts'

/** Code over rows: once for each row, for all of them, or for none when it makes its own. */
export const script: Interpreter<'script'> = (operator, inputs, context) => {
	const { program } = operator
	const { entry } = program
	const hit = declareBranches(context, operator, outcomesOf(program))
	const rows = new Rows(operator, inputs['in'] ?? [])
	const machine = machineOf(operator, rows, context, hit)
	try {
		machine.call(entry.connect)
		machine.call(entry.before)
		if (!operator.hasInput) machine.call(entry.makeRows)
		if (entry.allRows !== undefined) machine.call(entry.allRows)
		else if (entry.eachRow !== undefined) while (rows.next()) machine.call(entry.eachRow)
		// Rows that the code has not asked for pass all the same.
		while (rows.next());
		machine.call(entry.afterRows)
		machine.call(entry.after)
		machine.call(entry.release)
		for (const { variable } of operator.sets) context.setVariable(variable, plainValue(machine.field(variable)))
	} catch (error) {
		if (error instanceof ScriptTooLong) return stopTooLarge(operator.id, error.message)
		if (error instanceof ScriptRaised) return stop(operator.id, error.message)
		throw error
	}
	return rows.outputs()
}

function machineOf(
	operator: ScriptOperator,
	rows: Rows,
	context: FlowContext,
	hit: (what: string) => void,
): ScriptMachine {
	const names = decisionsOf(operator.program)
	const { parameters, variables, run } = context.request
	return new ScriptMachine(operator.program, {
		parameters,
		variables,
		run,
		outside: (request) => askOutside(request, operator.id, context.act),
		setVariable: (name) => stop(operator.id, `rows cannot set the variable ${name}`),
		column: (name) => rows.column(name),
		setColumn: (output, name, value) => rows.set(output, name, value),
		addRow: (output) => rows.add(output),
		directRow: (output) => rows.send(output),
		nextRow: () => rows.next(),
		setResult: () => undefined,
		decided: (node: Decision, yes) => hit(`${names.get(node) ?? ''} ${outcomeNames(node)[yes ? 0 : 1]}`),
	})
}

/** The row at hand, and what was made so far. */
class Rows {
	readonly #operator: ScriptOperator
	readonly #input: readonly Row[]
	readonly #made: Map<string, Record<string, Value>[]>
	#at = -1
	#row: Record<string, Value> | undefined
	#sent = new Set<string>()

	constructor(operator: ScriptOperator, input: readonly Row[]) {
		this.#operator = operator
		this.#input = input
		this.#made = new Map(operator.outputs.map(({ port }) => [port, []]))
	}

	/** Gives the row at hand away and takes the next. */
	next(): boolean {
		this.#give()
		this.#at += 1
		const row = this.#input[this.#at]
		this.#sent = new Set()
		this.#row = row === undefined ? undefined : { ...row, ...this.#empty() }
		return row !== undefined
	}

	/** New columns of outputs that rows pass begin as null. */
	#empty(): Record<string, Value> {
		const names = this.#operator.outputs
			.filter(({ rows }) => rows !== 'made')
			.flatMap(({ columns }) => columns.map(({ name }) => name))
		return Object.fromEntries(names.map((name) => [name, null]))
	}

	#give(): void {
		const row = this.#row
		if (row === undefined) return
		const own = new Set(
			this.#operator.outputs.flatMap(({ rows, columns }) => (rows === 'made' ? [] : columns.map(({ name }) => name))),
		)
		for (const { port, rows, columns } of this.#operator.outputs) {
			if (rows === 'made' || (rows === 'sent' && !this.#sent.has(port))) continue
			const kept = new Set(columns.map(({ name }) => name))
			this.#made
				.get(port)
				?.push(Object.fromEntries(Object.entries(row).filter(([name]) => !own.has(name) || kept.has(name))))
		}
		this.#row = undefined
	}

	column(name: string): Value {
		if (this.#row === undefined) return raise('DoesNotFitBufferException', 'there is no row')
		return this.#row[name] ?? null
	}

	set(output: string, name: string, value: Value): void {
		if (output === '') {
			if (this.#row === undefined) raise('DoesNotFitBufferException', 'there is no row')
			else this.#row[name] = value
			return
		}
		const row = this.#made.get(output)?.at(-1)
		// A column is set after AddRow; before it there is no row to set it in.
		if (row === undefined) raise('NullReferenceException', 'Object reference not set to an instance of an object.')
		else row[name] = value
	}

	add(output: string): void {
		const columns = this.#operator.outputs.find(({ port }) => port === output)?.columns ?? []
		this.#made.get(output)?.push(Object.fromEntries(columns.map(({ name }) => [name, null])))
	}

	send(output: string): void {
		this.#sent.add(output)
	}

	outputs(): Record<string, readonly Row[]> {
		this.#give()
		return Object.fromEntries(this.#made)
	}
}
