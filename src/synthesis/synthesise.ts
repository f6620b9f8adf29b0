import type { RunFacts } from '#languages/catalogue.ts'
import type { Job } from '#model/job.ts'
import type { Value } from '#model/values.ts'
import type { Branch } from '#reference/coverage.ts'
import { branchId } from '#reference/coverage.ts'
import type { ControlScenario } from './control-scenarios.ts'
import { controlScenarios } from './control-scenarios.ts'
import type { FlowRows } from './flow-rows.ts'
import { growRows } from './flow-rows.ts'
import { neverTaken } from './one-run.ts'
import type { FlowInputs, Scenario } from './scenario.ts'
import type { Contents } from './script-answers.ts'
import { ordinaryWorld } from './script-answers.ts'
import { contentsFor } from './script-texts.ts'
import type { SetVariables } from './set-variables.ts'
import { decidingValues, shorteningValues, variablesWith } from './set-variables.ts'
import { shareSources } from './shared-sources.ts'

interface Facts {
	readonly parameters: ReadonlyMap<string, Value>
	readonly run: RunFacts
}

export interface Synthesis {
	/** `main` first, then the one with all inputs empty, those with few rows, then those that are expected to fail. */
	readonly scenarios: readonly Scenario[]
	/** Branches of data flows that no row was found for. */
	readonly unreached: readonly Branch[]
	/** Branches of data flows that nothing from outside decides: what their one run does not take, none does. */
	readonly never: readonly Branch[]
	/** What every run sets variables to, as more rows than a test run follows come of the job's own values. */
	readonly shortened: SetVariables
}

/**
 * Makes test rows for every source of a job. The same job, parameters and seed give the same rows.
 * Flows with something opaque in them get none: nothing can run them.
 */
export function synthesise(job: Job, facts: Facts, seed = 1): Synthesis {
	const flows = job.flows.filter(({ operators }) => operators.every(({ kind }) => kind !== 'opaque'))
	const shortened = shorteningValues(job, flows, facts)
	const variables = variablesWith(job, shortened, facts)
	const contents: Contents = new Map(flows.flatMap((flow) => [...contentsFor(flow, { ...facts, variables })]))
	const grown = new Map<string, FlowRows>(
		flows.map((flow) => [flow.id, growRows(flow, { ...facts, variables }, seed, contents)]),
	)
	const never = flows.flatMap((flow) => neverTaken(flow, { ...facts, variables }))
	const inputs = (pick: (rows: FlowRows) => FlowInputs): ReadonlyMap<string, FlowInputs> =>
		new Map([...grown].map(([id, rows]) => [id, pick(rows)]))
	const main = inputs((rows) => rows.main)
	const failing = [...grown].flatMap(([id, rows]) =>
		rows.failing.map(
			(one): Scenario => ({
				name: `failing at ${one.failure.operator}`,
				kind: 'failing',
				flows: new Map([...main, [id, one.inputs]]),
				failure: one.failure,
			}),
		),
	)
	const deciding = flows.flatMap((flow) => {
		const { main: own = new Map(), unreached = [] } = grown.get(flow.id) ?? {}
		const open = without(unreached, never)
		return decidingValues({ job, flow, inputs: own, contents }, shortened, open, facts)
	})
	const scenarios: readonly Scenario[] = [
		{ name: 'main', kind: 'main', flows: main },
		{
			name: 'empty inputs',
			kind: 'empty',
			flows: inputs(({ empty }) => empty),
			control: { rows: 0, files: 0 },
		},
		...[...grown].flatMap(([id, { few }]) =>
			[...few].map(([name, rows]): Scenario => ({ name, kind: 'few', flows: new Map([...main, [id, rows]]) })),
		),
		...deciding.map(({ name, values }): Scenario => ({ name, kind: 'few', flows: main, variables: values })),
		...failing,
		...controlScenarios(job, facts).map(
			({ name, control, unreadable }): Scenario => ({
				name,
				kind: 'control',
				flows: withoutSource(main, unreadable),
				control,
			}),
		),
	]
	const taken = deciding.flatMap(({ takes }) => takes)
	return {
		scenarios: scenarios.map((scenario) => ({
			...(shortened.size === 0 ? {} : { variables: shortened }),
			...scenario,
			...(contents.size === 0 ? {} : { control: { ...ordinaryWorld, ...scenario.control, contents } }),
			flows: shareSources(job, scenario.flows),
		})),
		unreached: without(
			[...grown.values()].flatMap(({ unreached }) => unreached),
			[...never, ...taken],
		),
		never,
		shortened,
	}
}

function without(branches: readonly Branch[], others: readonly Branch[]): readonly Branch[] {
	const left = new Set(others.map(({ operator, what }) => branchId(operator, what)))
	return branches.filter(({ operator, what }) => !left.has(branchId(operator, what)))
}

function withoutSource(
	flows: ReadonlyMap<string, FlowInputs>,
	source: ControlScenario['unreadable'],
): ReadonlyMap<string, FlowInputs> {
	if (source === undefined) return flows
	const left = [...(flows.get(source.flow) ?? [])].filter(([operator]) => operator !== source.operator)
	return new Map([...flows, [source.flow, new Map(left)]])
}
