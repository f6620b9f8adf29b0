import type { RunFacts } from '#languages/catalogue.ts'
import type { Job } from '#model/job.ts'
import type { Value } from '#model/values.ts'
import type { Branch } from '#reference/coverage.ts'
import { makeVariables } from '#reference/variables.ts'
import type { ControlScenario } from './control-scenarios.ts'
import { controlScenarios } from './control-scenarios.ts'
import type { FlowRows } from './flow-rows.ts'
import { growRows } from './flow-rows.ts'
import type { FlowInputs, Scenario } from './scenario.ts'
import { shareSources } from './shared-sources.ts'

export interface Synthesis {
	/** `main` first, then the one with all inputs empty, those with few rows, then those that are expected to fail. */
	readonly scenarios: readonly Scenario[]
	/** Branches of data flows that no row was found for. */
	readonly unreached: readonly Branch[]
}

/**
 * Makes test rows for every source of a job. The same job, parameters and seed give the same rows.
 * Flows with something opaque in them get none: nothing can run them.
 */
export function synthesise(
	job: Job,
	facts: { readonly parameters: ReadonlyMap<string, Value>; readonly run: RunFacts },
	seed = 1,
): Synthesis {
	const variables = makeVariables(job.variables, facts.parameters, facts.run)
	const grown = new Map<string, FlowRows>(
		job.flows
			.filter(({ operators }) => operators.every(({ kind }) => kind !== 'opaque'))
			.map((flow) => [flow.id, growRows(flow, { ...facts, variables }, seed)]),
	)
	const inputs = (pick: (rows: FlowRows) => FlowInputs): ReadonlyMap<string, FlowInputs> =>
		new Map([...grown].map(([id, rows]) => [id, pick(rows)]))
	const failing = [...grown].flatMap(([id, rows]) =>
		rows.failing.map(
			(one): Scenario => ({
				name: `failing at ${one.failure.operator}`,
				kind: 'failing',
				flows: new Map([...inputs(({ main }) => main), [id, one.inputs]]),
				failure: one.failure,
			}),
		),
	)
	const scenarios: readonly Scenario[] = [
		{ name: 'main', kind: 'main', flows: inputs(({ main }) => main) },
		{
			name: 'empty inputs',
			kind: 'empty',
			flows: inputs(({ empty }) => empty),
			control: { rows: 0, files: 0 },
		},
		...[...grown].flatMap(([id, { few }]) =>
			[...few].map(
				([name, rows]): Scenario => ({
					name,
					kind: 'few',
					flows: new Map([...inputs(({ main }) => main), [id, rows]]),
				}),
			),
		),
		...failing,
		...controlScenarios(job, facts).map(
			({ name, control, unreadable }): Scenario => ({
				name,
				kind: 'control',
				flows: without(
					inputs(({ main }) => main),
					unreadable,
				),
				control,
			}),
		),
	]
	return {
		scenarios: scenarios.map((scenario) => ({ ...scenario, flows: shareSources(job, scenario.flows) })),
		unreached: [...grown.values()].flatMap(({ unreached }) => unreached),
	}
}

function without(
	flows: ReadonlyMap<string, FlowInputs>,
	source: ControlScenario['unreadable'],
): ReadonlyMap<string, FlowInputs> {
	if (source === undefined) return flows
	const left = [...(flows.get(source.flow) ?? [])].filter(([operator]) => operator !== source.operator)
	return new Map([...flows, [source.flow, new Map(left)]])
}
