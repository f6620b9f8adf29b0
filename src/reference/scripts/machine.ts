/** Runs the typed tree of a script, statement by statement, with the meaning that its language gives it. */
import type { RunFacts } from '#languages/catalogue.ts'
import { scriptOperation } from '#languages/dotnet/catalogue.ts'
import type { ScriptOutside } from '#languages/dotnet/operation.ts'
import { orderOf } from '#languages/dotnet/operations/queries.ts'
import type { ScriptValue } from '#languages/dotnet/runtime.ts'
import { asBoolean, asList, asText, raise, ScriptRaised } from '#languages/dotnet/runtime.ts'
import type { ScriptExpression, ScriptMethod, ScriptProgram, ScriptStatement, ScriptTarget } from '#model/scripts.ts'
import type { Value } from '#model/values.ts'
import type { Names } from '../context.ts'
import type { Decision } from './branches.ts'
import { toCell, toScript } from './cells.ts'

/** What a script works on besides its own names. */
export interface ScriptWorld {
	readonly parameters: Names
	readonly variables: Names
	readonly run: RunFacts
	readonly outside: ScriptOutside
	/** Rows that a variable holds. */
	rowsIn?(name: string): ScriptValue | undefined
	setVariable(name: string, value: ScriptValue): void
	/** The row of the input. */
	column(name: string): Value
	setColumn(output: string, name: string, value: Value): void
	addRow(output: string): void
	directRow(output: string): void
	nextRow(): boolean
	setResult(outcome: 'success' | 'failure'): void
	decided(node: Decision, yes: boolean): void
}

/** How a statement ended, when it did not just go on. */
type Signal = { readonly kind: 'return'; readonly value: ScriptValue } | { readonly kind: 'break' | 'continue' }

/** More steps than any script needs that comes to its end. */
const mostSteps = 1_000_000

/** Not the script's doing: a test run does not follow it to its end. */
export class ScriptTooLong extends Error {
	override readonly name = 'ScriptTooLong'
}

export class ScriptMachine {
	readonly #program: ScriptProgram
	readonly #world: ScriptWorld
	readonly #fields = new Map<string, ScriptValue>()
	#steps = 0
	#raised: ScriptRaised | undefined

	constructor(program: ScriptProgram, world: ScriptWorld) {
		this.#program = program
		this.#world = world
		for (const { name, initial } of program.fields) this.#fields.set(name, this.#value(initial, new Map()))
	}

	/** Calls a method of the script; nothing when the script has none of that name. */
	call(name: string | undefined, args: readonly ScriptValue[] = []): ScriptValue {
		if (name === undefined) return null
		const method = this.#program.methods.find((one) => one.name === name)
		if (method === undefined) throw new Error(`the script has no method ${name}`)
		return this.#invoke(method, args)
	}

	/** What a field holds by now. */
	field(name: string): ScriptValue {
		return this.#fields.get(name) ?? null
	}

	#invoke(method: ScriptMethod, args: readonly ScriptValue[]): ScriptValue {
		const locals = new Map(method.parameters.map(({ name }, index) => [name, args[index] ?? null]))
		const signal = this.#run(method.body, locals)
		return signal?.kind === 'return' ? signal.value : null
	}

	#run(body: readonly ScriptStatement[], locals: Map<string, ScriptValue>): Signal | undefined {
		for (const statement of body) {
			this.#steps += 1
			if (this.#steps > mostSteps) throw new ScriptTooLong('the script takes more steps than a test run follows')
			const signal = this.#step(statement, locals)
			if (signal !== undefined) return signal
		}
		return undefined
	}

	#step(statement: ScriptStatement, locals: Map<string, ScriptValue>): Signal | undefined {
		switch (statement.kind) {
			case 'set':
				this.#assign(statement.target, this.#value(statement.value, locals), locals)
				return undefined
			case 'do':
				this.#value(statement.value, locals)
				return undefined
			case 'add-row':
				this.#world.addRow(statement.output)
				return undefined
			case 'direct-row':
				this.#world.directRow(statement.output)
				return undefined
			case 'if': {
				const holds = asBoolean(this.#value(statement.condition, locals))
				this.#world.decided(statement, holds)
				return this.#run(holds ? statement.then : statement.otherwise, locals)
			}
			case 'while':
				return this.#loop(statement, locals)
			case 'for-each':
				return this.#forEach(statement, locals)
			case 'try':
				return this.#try(statement, locals)
			case 'return':
				return { kind: 'return', value: statement.value === undefined ? null : this.#value(statement.value, locals) }
			case 'raise':
				return raise('Exception', asText(this.#value(statement.message, locals)))
			case 'raise-again':
				throw this.#raised ?? new ScriptRaised('Exception', 'nothing was raised before')
			case 'result':
				this.#world.setResult(statement.outcome)
				return undefined
			case 'break':
			case 'continue':
				return { kind: statement.kind }
			case 'note':
				return undefined
		}
	}

	#loop(statement: Extract<ScriptStatement, { kind: 'while' }>, locals: Map<string, ScriptValue>): Signal | undefined {
		let isFirst = true
		for (;;) {
			if (!(statement.after && isFirst)) {
				const goesOn = asBoolean(this.#value(statement.condition, locals))
				if (isFirst && !statement.after) this.#world.decided(statement, goesOn)
				if (!goesOn) return undefined
			}
			isFirst = false
			const signal = this.#run(statement.body, locals)
			if (signal?.kind === 'return') return signal
			if (signal?.kind === 'break') return undefined
			this.#run(statement.next, locals)
		}
	}

	#forEach(
		statement: Extract<ScriptStatement, { kind: 'for-each' }>,
		locals: Map<string, ScriptValue>,
	): Signal | undefined {
		const { items } = asList(this.#value(statement.source, locals))
		this.#world.decided(statement, items.length > 0)
		for (const item of [...items]) {
			locals.set(statement.local, item)
			const signal = this.#run(statement.body, locals)
			if (signal?.kind === 'return') return signal
			if (signal?.kind === 'break') return undefined
		}
		return undefined
	}

	#try(statement: Extract<ScriptStatement, { kind: 'try' }>, locals: Map<string, ScriptValue>): Signal | undefined {
		const attempt = (): Signal | undefined => {
			try {
				return this.#run(statement.body, locals)
			} catch (error) {
				if (!(error instanceof ScriptRaised)) throw error
				const handler = statement.handlers.find(
					({ exceptions }) => exceptions.length === 0 || exceptions.includes(error.exception),
				)
				if (handler === undefined) throw error
				const outer = this.#raised
				this.#raised = error
				if (handler.local !== undefined)
					locals.set(handler.local, {
						kind: 'thing',
						name: 'Exception',
						state: { kind: error.exception, message: error.message },
					})
				try {
					return this.#run(handler.body, locals)
				} finally {
					this.#raised = outer
				}
			}
		}
		let ended: Signal | undefined
		try {
			ended = attempt()
		} catch (error) {
			const last = this.#run(statement.last, locals)
			if (last !== undefined) return last
			throw error
		}
		return this.#run(statement.last, locals) ?? ended
	}

	#assign(target: ScriptTarget, value: ScriptValue, locals: Map<string, ScriptValue>): void {
		switch (target.kind) {
			case 'local':
				locals.set(target.name, value)
				break
			case 'field':
				this.#fields.set(target.name, value)
				break
			case 'variable':
				this.#world.setVariable(target.name, value)
				break
			case 'column':
				this.#world.setColumn(target.output, target.name, toCell(value, target.type))
		}
	}

	#value(expression: ScriptExpression, locals: Map<string, ScriptValue>): ScriptValue {
		switch (expression.kind) {
			case 'literal':
				return expression.value
			case 'local':
				return locals.get(expression.name) ?? null
			case 'field':
				return this.#fields.get(expression.name) ?? null
			case 'variable':
				return this.#world.rowsIn?.(expression.name) ?? toScript(this.#world.variables.get(expression.name) ?? null)
			case 'parameter':
				return toScript(this.#world.parameters.get(expression.name) ?? null)
			case 'column':
				// Microsoft, PipelineBuffer.GetString and its kin: a null column produces a ColumnIsNullException.
				return (
					toScript(this.#world.column(expression.name)) ??
					raise('ColumnIsNullException', `column ${expression.name} is null`)
				)
			case 'column-is-null':
				return this.#world.column(expression.name) === null
			case 'call':
				return this.#call(expression, locals)
			case 'invoke': {
				const args = expression.args.map((argument) => this.#value(argument, locals))
				return this.call(expression.method, args)
			}
			case 'choose': {
				const holds = asBoolean(this.#value(expression.condition, locals))
				this.#world.decided(expression, holds)
				return this.#value(holds ? expression.then : expression.otherwise, locals)
			}
			case 'both':
				return asBoolean(this.#value(expression.left, locals)) && asBoolean(this.#value(expression.right, locals))
			case 'either':
				return asBoolean(this.#value(expression.left, locals)) || asBoolean(this.#value(expression.right, locals))
			case 'coalesce':
				return this.#value(expression.left, locals) ?? this.#value(expression.right, locals)
			case 'list':
				return { kind: 'list', items: expression.items.map((item) => this.#value(item, locals)) }
			case 'query':
				return this.#query(expression, locals)
			case 'next-row':
				return this.#world.nextRow()
		}
	}

	/** Item by item, and not behind the one that decides. */
	#query(expression: Extract<ScriptExpression, { kind: 'query' }>, locals: Map<string, ScriptValue>): ScriptValue {
		const { how, local } = expression
		const items = [...asList(this.#value(expression.source, locals)).items]
		const inner = new Map(locals)
		const of = (item: ScriptValue): ScriptValue => this.#value(expression.body, inner.set(local, item))
		const holds = (item: ScriptValue): boolean => asBoolean(of(item))
		switch (how) {
			case 'where':
				return { kind: 'list', items: items.filter(holds) }
			case 'select':
				return { kind: 'list', items: items.map(of) }
			case 'any':
				return items.some(holds)
			case 'all':
				return items.every(holds)
			case 'index':
				return BigInt(items.findIndex(holds))
			case 'first':
			case 'find': {
				const at = items.findIndex(holds)
				if (at < 0 && how === 'first') raise('InvalidOperationException', 'Sequence contains no matching element')
				return items[at] ?? null
			}
			case 'sort':
			case 'sort-descending': {
				const sign = how === 'sort' ? 1 : -1
				const keyed = items.map((item) => ({ item, key: of(item) }))
				return { kind: 'list', items: keyed.toSorted((a, b) => sign * orderOf(a.key, b.key)).map(({ item }) => item) }
			}
		}
	}

	#call(expression: Extract<ScriptExpression, { kind: 'call' }>, locals: Map<string, ScriptValue>): ScriptValue {
		const args = expression.args.map((argument) => this.#value(argument, locals))
		const context = {
			args: expression.args.map(({ type }) => type),
			result: expression.type,
			run: this.#world.run,
			outside: this.#world.outside,
		}
		return scriptOperation(expression.operation).evaluate(args, context)
	}
}
