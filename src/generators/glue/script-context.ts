/** What the parts of one script share while it is printed: helpers and imports that they need, and how names are spelled. */

import type { PysparkScope } from '#languages/pyspark.ts'
import { pysparkValue } from '#languages/pyspark.ts'
import type { Py } from '#languages/python.ts'
import { atom, call, fn, method, pyString } from '#languages/python.ts'
import type { Expression } from '#model/expressions.ts'
import type { DataType } from '#model/types.ts'
import type { ElementNoun } from '../element-noun.ts'
import { elementNoun } from '../element-noun.ts'
import type { DriverScope } from './driver-value.ts'
import { driverValue } from './driver-value.ts'
import { column, typeText } from './emit/columns.ts'
import type { HelperName } from './helpers/registry.ts'
import type { JobPlan } from './plan/job-plan.ts'
import { fromStored } from './scripts/outside-values.ts'
import { SharedSteps } from './shared-steps.ts'

export interface ScriptContext {
	readonly plan: JobPlan
	/** What the source tool calls an element of a data flow. */
	readonly noun: ElementNoun
	readonly columns: PysparkScope
	readonly driver: DriverScope
	/** The variable itself, to assign to: `variables.year`. */
	variable(name: string): string
	/** The value of a variable or parameter as translated scripts take it. */
	scriptValue(this: void, kind: 'variable' | 'parameter', name: string): Py
	/** The argument that names a connection. */
	connection(this: void, name: string): Py
	/** A path that is computed at run time, below the places that the config maps. */
	movedPath(this: void, path: Py): Py
	readonly usedVariables: ReadonlySet<string>
	readonly hasVariables: boolean
	readonly use: (helper: HelperName) => HelperName
	readonly needs: (line: string) => void
	readonly helpers: ReadonlySet<HelperName>
	readonly imports: ReadonlySet<string>
	/** Functions of conversions and operations whose text is long, in the order of their first use. */
	readonly steps: readonly string[]
	/** Variables that were spelled since the last call: does the text just printed read any? */
	takeVariableUse(): boolean
}

/** `hasVariables`: do the job's functions pass its variables on? */
export function makeScriptContext(plan: JobPlan, hasVariables = true): ScriptContext {
	const helpers = new Set<HelperName>()
	const imports = new Set<string>()
	const used = new Set<string>()
	let usesVariables = false
	const parameter = (name: string): string => `params[${pyString(plan.parameters.get(name) ?? name)}]`
	const variable = (name: string): string => {
		usesVariables = true
		used.add(name)
		return `variables.${plan.variables.get(name) ?? 'unknown'}`
	}
	const declared = new Map(plan.job.variables.map((one) => [one.name, one]))
	/** A variable with an expression is that expression, anew at each read; a circle of them ends in the variable itself. */
	const open = new Set<string>()
	function expanded<T>(name: string, print: (expression: Expression) => T): T | undefined {
		const expression = declared.get(name)?.expression?.expression
		if (expression === undefined || open.has(name)) return undefined
		open.add(name)
		const text = print(expression)
		open.delete(name)
		return text
	}
	const steps = new SharedSteps()
	const columns: PysparkScope = {
		share: (step) => {
			const shared = steps.print(step)
			if (shared.isCall) imports.add('from pyspark.sql import Column')
			return shared.text
		},
		column: (name) => column(name),
		parameter: (name, type) => literalOf(parameter(name), type),
		variable: (name, type) =>
			expanded(name, (expression) => pysparkValue(expression, columns)) ?? literalOf(variable(name), type, true),
		runAt: method(fn('lit', atom('params["run_at"]')), 'cast', 'timestamp'),
		runFact: (name) => {
			if (name === 'job') return fn('lit', plan.job.name)
			return fn('lit', atom(name === 'invocation' ? 'params["run_id"]' : `params.get("${name}", "")`))
		},
	}
	const driver: DriverScope = {
		columns,
		parameter,
		variable: (name) => expanded(name, (expression) => driverValue(expression, driver)) ?? variable(name),
		useEvaluate: () => void helpers.add('evaluate'),
	}
	return {
		plan,
		noun: elementNoun(plan.job),
		columns,
		driver,
		variable,
		scriptValue: (kind, name) => {
			const type = typeOfName(plan, kind, name)
			const text = kind === 'variable' ? driver.variable(name) : driver.parameter(name)
			return type === undefined ? atom(text) : fromStored(atom(text), type, kind === 'parameter')
		},
		connection: (name) => atom(`params[${pyString(plan.connections.get(name) ?? '')}]`),
		movedPath: (path) => {
			if (Object.keys(plan.paths).length === 0) return path
			helpers.add('relocated')
			return call('relocated', path, atom('PATHS'))
		},
		hasVariables,
		usedVariables: used,
		steps: steps.functions,
		use: (helper) => {
			helpers.add(helper)
			return helper
		},
		needs: (line) => void imports.add(line),
		helpers,
		imports,
		takeVariableUse: () => {
			const isUsed = usesVariables
			usesVariables = false
			return isUsed
		},
	}
}

/** Undefined for a variable that may hold anything. */
function typeOfName(plan: JobPlan, kind: 'variable' | 'parameter', name: string): DataType | undefined {
	const list: readonly { readonly name: string; readonly type: DataType }[] =
		kind === 'variable' ? plan.job.variables : plan.job.parameters
	return list.find((one) => one.name === name)?.type
}

/** A Python value as a column of that type. Arguments are texts; variables hold integers, truth values, floats or text. */
function literalOf(python: string, type: DataType, isVariable = false): Py {
	const value = fn('lit', atom(python))
	return type.kind === 'string' && !isVariable ? value : method(value, 'cast', typeText(type))
}
