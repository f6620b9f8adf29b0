/** The document of one job sequence. */
import { totals } from '#model/accounting.ts'
import type { ControlFlow, Task } from '#model/control-flow.ts'
import { allTasks } from '#model/control-flow.ts'
import type { DifferenceId } from '#model/differences.ts'
import { differences } from '#model/differences.ts'
import type { Job } from '#model/job.ts'
import { redact } from '#model/redact.ts'
import type { StateMachineEntry } from '../jobs-file.ts'
import type { WrittenMachine } from '../step-functions/machine.ts'
import { markdownCode, markdownParagraphs, markdownText } from '../text/markdown.ts'
import { controlPicture, triggerLabel } from './control-picture.ts'

/** Markdown. It depends on the sequence and the options alone, never on a run. */
export function sequenceDocument(job: Job, machine: WrittenMachine, entry: StateMachineEntry, unit: string): string {
	const { total, exact, declared, opaque, dropped } = totals(job.accounting)
	const text = (value: string): string => markdownText(redact(value))
	const code = (value: string): string => markdownCode(redact(value))
	const byHand = job.accounting.filter(({ outcome }) => outcome === 'opaque')
	const aws = `<prefix>-${unit}-${entry.name}`
	const parts = [
		`# ${text(job.name)}`,
		job.description.trim() === ''
			? `Migrated from the DataStage sequence ${text(job.name)}.`
			: markdownParagraphs(redact(job.description)),
		table(
			['', ''],
			[
				['Source', code(job.provenance.file)],
				['Kind', text(`DataStage sequence, ${job.toolVersion}`)],
				['Definition', code(entry.definition)],
				['State machine in AWS', code(aws)],
				[
					'Elements',
					`${total}: ${exact} exact, ${declared} with a declared difference, ${opaque} to be written by hand, ${dropped} dropped by design`,
				],
			],
		),
		...(byHand.length === 0
			? []
			: [
					'## What has to be written by hand',
					byHand.map((item) => `- ${text(item.name)} (${text(item.type)}): ${text(item.reason ?? '')}`).join('\n'),
				]),
		'## Control flow',
		`\`\`\`mermaid\n${controlPicture(job.control)}\n\`\`\``,
		table(['Activity', 'What it does', 'State', 'Starts after'], activityRows(job, machine)),
		job.control.triggers?.unhandled === 'raise'
			? 'An activity that fails and has neither a Failed nor an Otherwise trigger ends the sequence, or enters its exception handler.'
			: 'An activity that fails and has no Failed trigger does not end the sequence.',
		...(machine.notes.length === 0
			? []
			: [
					'The new sequence waits longer than the old one:',
					machine.notes.map((note) => `- ${text(note)}.`).join('\n'),
				]),
		'## What it starts',
		entry.starts.length === 0
			? 'Nothing.'
			: table(
					['Job', 'In AWS', 'Parameters'],
					entry.starts.map((one) => [
						text(one.title),
						one.job === null ? 'not in this unit: name it in `external_jobs`' : code(`<prefix>-${unit}-${one.job}`),
						Object.entries(one.arguments)
							.map(([name, argument]) => (name === argument ? code(name) : `${code(name)} as ${code(argument)}`))
							.join(', '),
					]),
				),
		'## Parameters',
		entry.parameters.length === 0
			? 'The sequence has none.'
			: table(
					['Parameter', 'Default', 'Meaning'],
					entry.parameters.map((one) => [
						code(one.name),
						one.default === null ? 'required' : code(one.default),
						text(one.description),
					]),
				),
		'## Declared differences',
		job.differences.length === 0
			? 'None: the new sequence is meant to do what the old one did.'
			: table(
					['Id', 'Where', 'What differs', 'How to check'],
					job.differences.map((one) => [
						one.id,
						text(one.element),
						text(one.detail),
						text(differences[one.id as DifferenceId]?.check ?? ''),
					]),
				),
		'## What to check',
		job.diagnostics.length === 0
			? '- Nothing is open.'
			: [
					...new Set(job.diagnostics.map(({ what, remedy }) => `- ${text(`${what.replace(/\.?$/, '.')} ${remedy}`)}`)),
				].join('\n'),
		'## Run book',
		[
			`- Start: ${code(`aws stepfunctions start-execution --state-machine-arn <arn of ${aws}> --input '{"parameters": {}}'`)}`,
			'- A failed execution can go on where it failed: `aws stepfunctions redrive-execution`.',
			`- The log group is ${code(`/aws/vendedlogs/states/${aws}`)}.`,
		].join('\n'),
	]
	return `${parts.join('\n\n')}\n`
}

function activityRows(job: Job, { states }: WrittenMachine): readonly (readonly string[])[] {
	const controls = controlsOf(job.control)
	const types = new Map(job.accounting.map(({ id, type }) => [id, type]))
	return allTasks(job.control).map((task) => {
		const control = controls.find(({ tasks }) => tasks.some(({ id }) => id === task.id))
		const after = (control?.precedences ?? []).filter(({ to }) => to === task.id)
		const needs = control?.joins.find((join) => join.task === task.id)?.needs
		const names = new Map(control?.tasks.map(({ id, name }) => [id, name]))
		const told = after.map((one) => `${names.get(one.from) ?? one.from} (${triggerLabel(one)})`)
		return [
			markdownText(task.name),
			markdownText(redact(whatItDoes(task, types.get(task.id) ?? task.kind))),
			markdownCode(states.get(task.id) ?? ''),
			markdownText(
				redact(told.length < 2 ? told.join('') : `${needs === 'any' ? 'any' : 'all'} of ${told.join(', ')}`),
			),
		]
	})
}

function controlsOf(control: ControlFlow): readonly ControlFlow[] {
	const inner = control.tasks.flatMap((task) => (task.kind === 'loop' ? controlsOf(task.body) : []))
	return [control, ...inner, ...(control.handlers ?? []).flatMap(({ body }) => controlsOf(body))]
}

const barriers: Readonly<Record<string, string>> = {
	CCondition: 'nested condition',
	CEndLoopActivity: 'end of the loop',
	CExceptionHandler: 'exception handler',
	CSequencer: 'sequencer',
}

const filesAction = {
	copy: 'copies the files of',
	delete: 'deletes the files of',
	list: 'looks for the files of',
	move: 'moves the files of',
} as const

function whatItDoes(task: Task, type: string): string {
	switch (task.kind) {
		case 'run-job':
			return `runs ${task.job.text}`
		case 'assign':
			if (task.failsWhen !== undefined)
				return `computes ${task.assignments.find(({ variable }) => variable.endsWith('.$ReturnValue'))?.value.text ?? 'a routine'}`
			return `sets ${task.assignments.map(({ variable, value }) => `${variable.replace(/^.*\./, '')} to ${value.text}`).join('; ')}`
		case 'loop':
			return task.over.kind === 'list' ? `loops over ${task.over.values.text}` : 'loops over numbers'
		case 'terminate':
			return `ends the sequence as aborted${task.message === '' ? '' : `: ${task.message}`}`
		case 'file-operation':
			return `${task.operation.replace('-', ' ')} ${task.source.text}`
		case 'files':
			return `${filesAction[task.action]} ${task.pattern[0]?.text ?? ''}`
		case 'read-file':
			return `reads ${task.path.text}`
		case 'wait-for-file':
			return `waits until ${task.path.text} ${task.until}`
		case 'opaque':
			return 'to be written by hand'
		case 'barrier':
			return barriers[type] ?? type
		default:
			return type
	}
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
	const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
	return [line(head), `|${head.map(() => '---').join('|')}|`, ...rows.map(line)].join('\n')
}
