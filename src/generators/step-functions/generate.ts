/** Everything that is written for a job sequence: its state machine, its entry in `jobs.json`, its document. */

import { allTasks } from '#model/control-flow.ts'
import type { Diagnostic } from '#model/diagnostics.ts'
import { diagnose } from '#model/diagnostics.ts'
import type { Job } from '#model/job.ts'
import { valueText } from '#model/json-values.ts'
import { redact, removedSecret } from '#model/redact.ts'
import type { Artifact, Trace, Unit } from '../artifact.ts'
import { sequenceDocument } from '../docs/sequence-document.ts'
import type { GenerateOptions } from '../glue/options.ts'
import type { JobPlan } from '../glue/plan/job-plan.ts'
import type { StateMachineEntry } from '../jobs-file.ts'
import type { Children } from './children.ts'
import { makeChildren } from './children.ts'
import type { WrittenMachine } from './machine.ts'
import { writeMachine } from './machine.ts'
import { definitionText } from './text.ts'
import { asksForStatus } from './user-status.ts'

export interface GeneratedMachine {
	readonly entry: StateMachineEntry
	readonly artifacts: readonly Artifact[]
	readonly diagnostics: readonly Diagnostic[]
}

/** @param plans of all jobs of the unit, sequences too */
export function generateMachines(
	unit: Unit,
	plans: readonly JobPlan[],
	options: GenerateOptions,
): readonly GeneratedMachine[] {
	const children = makeChildren(plans)
	return plans
		.filter(({ job }) => job.kind === 'sequence')
		.map((plan) => generateMachine(unit, plan, children, options))
}

function generateMachine(
	unit: Unit,
	{ job, name }: JobPlan,
	children: Children,
	options: GenerateOptions,
): GeneratedMachine {
	const machine = writeMachine(job, { children, paths: options.paths, parameters: options.parameters })
	const path = `step_functions/${name}.asl.json`
	const entry = machineEntry(job, name, path, machine, options, asksForStatus({ job }, children))
	const text = redact(definitionText(machine.definition), removedSecret)
	const document = {
		path: `${unit.name}/docs/${name}.md`,
		text: redact(sequenceDocument(job, machine, entry, unit.name)),
		traces: [],
	}
	return {
		entry,
		artifacts: [
			{ path: `${unit.name}/${path}`, text, traces: traces(text, job, machine) },
			...(options.outputs.documentation ? [document] : []),
		],
		diagnostics: machine.started
			.filter((child) => child.job === null)
			.map(({ title }) =>
				diagnose('job/not-exported', job.provenance, {
					what: `${job.name} starts ${title}, which is not in this unit`,
					why: `The export does not hold it, so its parameters keep their old names.${entry.reads_status === true ? ' Its user status is read from the file that its argument user_status names.' : ''}`,
				}),
			),
	}
}

function machineEntry(
	job: Job,
	name: string,
	definition: string,
	machine: WrittenMachine,
	options: GenerateOptions,
	readsStatus: boolean,
): StateMachineEntry {
	return {
		name,
		id: job.id,
		title: job.name,
		description: job.description.replaceAll(/\s+/g, ' ').trim().slice(0, 400) || `Migrated from ${job.name}`,
		definition,
		parameters: job.parameters.map((parameter) => ({
			name: parameter.name,
			default: parameter.secret
				? null
				: (options.parameters[parameter.name] ??
					(parameter.default === undefined || parameter.default === null ? null : valueText(parameter.default))),
			description: parameter.description.replaceAll(/\s+/g, ' ').trim().slice(0, 400),
		})),
		files: filesOf(job),
		...(readsStatus ? { reads_status: true } : {}),
		starts: machine.started.map(({ placeholder, title, job: child, kind, tellsStatus, arguments: passed }) => ({
			placeholder,
			title,
			job: child,
			kind,
			...(tellsStatus && readsStatus ? ({ tells_status: true } as const) : {}),
			arguments: passed,
		})),
	}
}

function filesOf(job: Job): readonly string[] {
	const paths = allTasks(job.control).flatMap((task) => {
		if (task.kind === 'wait-for-file' || task.kind === 'read-file') return [task.path.text]
		if (task.kind === 'files') return [task.pattern[0]?.text ?? '']
		return task.kind === 'file-operation' ? [task.source.text] : []
	})
	return [...new Set(paths)]
}

/** Lines of each activity's state. */
function traces(text: string, job: Job, { states }: WrittenMachine): readonly Trace[] {
	const lines = text.split('\n')
	return [...states].flatMap(([id, state]) => {
		const start = lines.findIndex((line) => line.trim() === `${JSON.stringify(state)}: {`)
		const item = job.accounting.find((one) => one.id === id)
		if (start < 0 || item === undefined) return []
		const indent = /^\s*/.exec(lines[start] ?? '')?.[0] ?? ''
		const length = lines.slice(start + 1).findIndex((line) => line.startsWith(`${indent}}`))
		const trace: Trace = {
			lines: { start: start + 1, end: start + length + 2 },
			element: id,
			provenance: item.provenance,
		}
		return [trace]
	})
}
