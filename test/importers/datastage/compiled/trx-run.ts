/**
 * Runs compiled Transformer code, row by row. It knows nothing of the model: what a null does, which conversions happen and in
 * which order links are written stands in that code.
 */
import type { Statement, TrxCode, TrxExpression } from './trx-code.ts'
import { functions, NotConverted } from './trx-functions.ts'

/** Values as texts and numbers; a date or timestamp as its text, which the calls here keep as it is. */
export type TrxValue = string | number | null
export type TrxRow = Readonly<Record<string, TrxValue>>

export interface TrxResult {
	/** Rows by output link, in the order written. */
	readonly links: ReadonlyMap<string, readonly TrxRow[]>
	/** Rows whose conversion failed: the engine itself puts them on the reject link. */
	readonly rejected: readonly TrxRow[]
	/** The code told the engine to stop. */
	readonly failed?: string
}

export interface TrxFacts {
	/** Parameters and macros that the code declares as globals. */
	readonly globals: Readonly<Record<string, string>>
	/** What a column of an output holds once a value was assigned: `link.column`, as the link's schema converts it. */
	readonly hold: (column: string, value: TrxValue) => TrxValue
	readonly currentDate: string
}

/** @throws for a call that this reading of the code does not know. */
export function runTrxCode(code: TrxCode, rows: readonly TrxRow[], facts: TrxFacts): TrxResult {
	const links = new Map<string, TrxRow[]>(code.outputs.map((name) => [name, []]))
	const run = new Run(code, facts, links)
	run.execute(code.initialize)
	for (const row of rows) {
		run.begin(row)
		run.tryRow(code.mainloop)
		if (run.failed !== undefined) return { links, rejected: run.rejected, failed: run.failed }
	}
	return { links, rejected: run.rejected }
}

class Run {
	failed: string | undefined
	readonly rejected: TrxRow[] = []
	private readonly variables = new Map<string, TrxValue>()
	private readonly types = new Map<string, string>()
	private row: TrxRow = {}
	private output = new Map<string, TrxValue>()
	private readonly code: TrxCode
	private readonly facts: TrxFacts
	private readonly links: Map<string, TrxRow[]>

	constructor(code: TrxCode, facts: TrxFacts, links: Map<string, TrxRow[]>) {
		this.code = code
		this.facts = facts
		this.links = links
		for (const name of code.globals) this.variables.set(name, facts.globals[name] ?? '')
	}

	begin(row: TrxRow): void {
		this.row = row
		this.output = new Map()
	}

	/** A conversion that fails rejects the row; what was written before stays written. */
	tryRow(statements: readonly Statement[]): void {
		try {
			this.execute(statements)
		} catch (error) {
			if (!(error instanceof NotConverted)) throw error
			this.rejected.push(this.row)
		}
	}

	execute(statements: readonly Statement[]): void {
		for (const statement of statements) this.step(statement)
	}

	private step(statement: Statement): void {
		switch (statement.kind) {
			case 'declare':
				this.types.set(statement.name, statement.type)
				break
			case 'assign':
				this.assign(statement.name, this.value(statement.value))
				break
			case 'if':
				this.execute(this.holds(statement.condition) ? statement.then : statement.otherwise)
				break
			case 'write':
				this.write(this.code.outputs[statement.output] ?? '')
				break
			case 'call':
				this.value(statement.value)
		}
	}

	/** Columns without an assignment are carried over from the input by name (the engine's transfer of the record). */
	private write(link: string): void {
		const own = [...this.output].flatMap(([name, value]) =>
			name.startsWith(`${link}.`) ? [[name.slice(link.length + 1), value] as const] : [],
		)
		this.links.get(link)?.push({ ...this.row, ...Object.fromEntries(own) })
	}

	private assign(name: string, value: TrxValue): void {
		const type = this.types.get(name) ?? ''
		const held = value !== null && type.endsWith('string') ? String(value) : value
		const number = held !== null && /^(?:u?int|[sd]float|decimal)/.test(type) ? Number(held) : held
		if (name.includes('.')) this.output.set(name, this.facts.hold(name, number))
		else this.variables.set(name, number)
	}

	private name(name: string): TrxValue {
		if (name.startsWith(`${this.code.input}.`)) return this.row[name.slice(this.code.input.length + 1)] ?? null
		if (this.output.has(name)) return this.output.get(name) ?? null
		if (!this.variables.has(name)) throw new Error(`nothing is called ${name}`)
		return this.variables.get(name) ?? null
	}

	private holds(condition: TrxExpression): boolean {
		const value = this.value(condition)
		return value !== null && value !== 0 && value !== ''
	}

	private value(expression: TrxExpression): TrxValue {
		switch (expression.kind) {
			case 'literal':
				return expression.value
			case 'name':
				return this.name(expression.name)
			case 'operator':
				return this.operator(expression.operator, expression.args)
			case 'call':
				return this.call(expression.name, expression.args)
		}
	}

	/** A null operand gives null, and a null condition does not hold. */
	private operator(operator: string, args: readonly TrxExpression[]): TrxValue {
		const [first, second] = args
		if (first === undefined) throw new Error(`${operator} has no operand`)
		if (operator === '!u') return this.holds(first) ? 0 : 1
		if (second === undefined) return -Number(this.value(first))
		if (operator === '&&') return this.holds(first) && this.holds(second) ? 1 : 0
		if (operator === '||') return this.holds(first) || this.holds(second) ? 1 : 0
		const [left, right] = [this.value(first), this.value(second)]
		if (left === null || right === null) return null
		return calculate(operator, left, right)
	}

	private call(name: string, args: readonly TrxExpression[]): TrxValue {
		if (name === 'null') return args.some((arg) => this.value(arg) === null) ? 1 : 0
		const values = args.map((arg) => this.value(arg))
		if (name.endsWith('print_message')) return null
		if (name.endsWith('force_error')) {
			this.failed = String(values[0])
			return null
		}
		if (name === 'current_date') return this.facts.currentDate
		const known = functions[name.replace(/^u_/, '')]
		if (known === undefined) throw new Error(`no function is called ${name}`)
		return values.includes(null) ? null : known(...values.map((value) => value ?? ''))
	}
}

function calculate(operator: string, left: string | number, right: string | number): TrxValue {
	const bothText = typeof left === 'string' && typeof right === 'string'
	if (operator === '+') return bothText || typeof left === 'string' ? `${left}${right}` : left + Number(right)
	if (operator === '-') return Number(left) - Number(right)
	if (operator === '*') return Number(left) * Number(right)
	if (operator === '/') return Number(left) / Number(right)
	const [a, b] = bothText ? [left, right] : [Number(left), Number(right)]
	const holds: Readonly<Record<string, boolean>> = {
		'==': a === b,
		'!=': a !== b,
		'<': a < b,
		'<=': a <= b,
		'>': a > b,
		'>=': a >= b,
	}
	const result = holds[operator]
	if (result === undefined) throw new Error(`no operator is called ${operator}`)
	return result ? 1 : 0
}
