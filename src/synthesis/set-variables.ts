/** Variables that decide what a data flow does: smaller values for those that make it long, and values that take other branches. */
import { operatorExpressions } from '#analysis/operator-expressions.ts'
import type { RunFacts } from '#languages/catalogue.ts'
import type { Variable } from '#model/control-flow.ts'
import type { Expression } from '#model/expressions.ts'
import { visit } from '#model/expressions.ts'
import type { Job } from '#model/job.ts'
import { valueText } from '#model/json-values.ts'
import type { DataFlow, Operator } from '#model/operators.ts'
import type { ScriptExpression } from '#model/scripts.ts'
import { visitProgram } from '#model/scripts.ts'
import type { Value } from '#model/values.ts'
import type { Branch } from '#reference/coverage.ts'
import { branchId } from '#reference/coverage.ts'
import { interpretFlow } from '#reference/flow.ts'
import { makeVariables } from '#reference/variables.ts'
import type { FlowInputs } from './scenario.ts'
import type { Contents } from './script-answers.ts'
import { makeScriptAnswers, ordinaryWorld, scriptsOfFlows } from './script-answers.ts'

/** Values that variables begin with. */
export type SetVariables = ReadonlyMap<string, Value>

/** A run with other variables, by what is set, and the branches that it is for. */
export interface Deciding {
	readonly name: string
	readonly values: SetVariables
	readonly takes: readonly Branch[]
}

interface Facts {
	readonly parameters: ReadonlyMap<string, Value>
	readonly run: RunFacts
}

/** A data flow with what it reads. */
interface Given {
	readonly job: Job
	readonly flow: DataFlow
	readonly inputs: FlowInputs
	readonly contents: Contents
}

/** Passes of a loop that a variable counts: enough to tell the first from the others. */
const fewPasses = 3n
/** Values tried for one variable, and data flows run again with one. */
const mostTried = 8
const mostScenarios = 6

/** The variables of a job as a run with these values begins. */
export function variablesWith(job: Job, values: SetVariables, { parameters, run }: Facts) {
	const variables = makeVariables(job.variables, parameters, run)
	for (const [name, value] of values) variables.set(name, value)
	return variables
}

/**
 * Smaller values for the variables by which a script makes more rows than a test run follows: one of them where that is enough,
 * otherwise all. Empty where no data flow is too long, or nothing helps.
 */
export function shorteningValues(job: Job, flows: readonly DataFlow[], facts: Facts): SetVariables {
	const found = new Map<string, Value>()
	for (const flow of flows.filter(({ operators }) => operators.some(makesRows))) {
		const isLong = (values: SetVariables): boolean => {
			const variables = variablesWith(job, new Map([...found, ...values]), facts)
			const outside = makeScriptAnswers(scriptsOfFlows([flow]), ordinaryWorld)
			const { failure } = interpretFlow(flow, { ...facts, variables, inputs: new Map(), outside })
			return failure?.tooLarge === true
		}
		if (!isLong(new Map())) continue
		const counts = variablesRead(flow, job).filter((one) => isCount(ownValue(one)))
		const alone = counts.map(({ name }) => new Map<string, Value>([[name, fewPasses]]))
		const all = new Map(alone.flatMap((one) => [...one]))
		const enough = [...alone, all].find((values) => !isLong(values))
		for (const [name, value] of enough ?? []) found.set(name, value)
	}
	return found
}

/** Values with which a data flow takes branches that it takes with no row otherwise, each with a name. */
export function decidingValues(
	{ job, flow, inputs, contents }: Given,
	given: SetVariables,
	unreached: readonly Branch[],
	facts: Facts,
): readonly Deciding[] {
	const found: Deciding[] = []
	let open = unreached
	for (const variable of variablesRead(flow, job)) {
		for (const value of valuesFor(variable, flow)) {
			if (open.length === 0 || found.length === mostScenarios) return found
			const values = new Map([...given, [variable.name, value] as const])
			const { branches, failure } = interpretFlow(flow, {
				...facts,
				variables: variablesWith(job, values, facts),
				inputs,
				outside: makeScriptAnswers(scriptsOfFlows([flow]), { ...ordinaryWorld, contents }),
			})
			if (failure !== undefined) continue
			const taken = new Set(
				branches.flatMap(({ operator, what, count }) => (count > 0 ? branchId(operator, what) : [])),
			)
			const takes = open.filter(({ operator, what }) => taken.has(branchId(operator, what)))
			if (takes.length === 0) continue
			found.push({ name: `${variable.name} is ${value === null ? 'null' : valueText(value)}`, values, takes })
			open = open.filter((branch) => !takes.includes(branch))
		}
	}
	return found
}

const makesRows = (operator: Operator): boolean => operator.kind === 'script' && !operator.hasInput

const isCount = (value: Value): boolean => typeof value === 'bigint' && value > fewPasses

const ownValue = ({ initial }: Variable): Value => (initial.kind === 'literal' ? initial.value : null)

/** Variables that the flow reads and that begin with a value of their own. */
function variablesRead(flow: DataFlow, job: Job): readonly Variable[] {
	const names = new Set(partsOf(flow).flatMap((part) => (part.kind === 'variable' ? part.name : [])))
	return job.variables.filter(
		({ name, initial, expression }) => names.has(name) && expression === undefined && initial.kind === 'literal',
	)
}

/** Other values of the variable's kind: around nothing, and those that the flow mentions. */
function valuesFor(variable: Variable, flow: DataFlow): readonly Value[] {
	const own = ownValue(variable)
	if (typeof own === 'boolean') return [!own]
	if (typeof own !== 'string' && typeof own !== 'bigint') return []
	const mentioned = partsOf(flow).flatMap((part) => (part.kind === 'literal' ? [part.value] : []))
	const tried: readonly Value[] = [...(typeof own === 'string' ? ['', 'x'] : [0n, -1n, 1n]), ...mentioned]
	const others = tried.filter((value) => typeof value === typeof own && value !== own)
	return [...new Set(others)].slice(0, mostTried)
}

/** Every part of the expressions and scripts of the flow. */
function partsOf(flow: DataFlow): readonly (Expression | ScriptExpression)[] {
	const found: (Expression | ScriptExpression)[] = []
	for (const operator of flow.operators) {
		for (const expression of operatorExpressions(operator)) visit(expression, (part) => found.push(part))
		if (operator.kind === 'script') visitProgram(operator.program, (part) => found.push(part))
	}
	return found
}
