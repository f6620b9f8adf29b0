/** What a job does besides its data flow: routines before and after it, and job control in BASIC. Commands on files are translated. */
import type { OpaqueTask, Task, UserStatusTask, WaitForFileTask } from '#model/control-flow.ts'
import { diagnose } from '#model/diagnostics.ts'
import type { DifferenceOccurrence } from '#model/job.ts'
import { redact } from '#model/redact.ts'
import { textOf } from './columns.ts'
import type { DsxRecord } from './formats/dsx/records.ts'
import { lowerCommand } from './sequences/activities/command.ts'
import type { JobContext } from './stage-context.ts'
import { userStatusOf } from './user-status.ts'
import { fileWait } from './wait-routine.ts'

export interface JobRoutines {
	readonly before: readonly Task[]
	readonly after: readonly Task[]
	/** What comes after the flow comes after one that failed, too. */
	readonly afterFailure: boolean
	readonly differences: readonly DifferenceOccurrence[]
}

/** Before/after subroutines that come with the product (IBM: Server Job Developer's Guide, built-in before/after subroutines). */
const known: Readonly<Record<string, string>> = {
	dssendmail: 'sends a mail',
	dswaitforfile: 'waits for a file',
	dsjobreport: 'writes a report about the job',
	execdos: 'runs a command of the operating system',
	execdossilent: 'runs a command of the operating system',
	execsh: 'runs a command of the operating system',
	execshsilent: 'runs a command of the operating system',
	exectcl: 'runs a command of the DataStage engine',
}

/** Calls of job control that say what it is for. */
const controls: readonly (readonly [RegExp, string])[] = [
	[/\bDSRunJob\s*\(/i, 'runs other jobs'],
	[/\bDSExecute\s*\(|\bEXECUTE\b|\bPERFORM\b/i, 'runs commands'],
	[/\bDSSendMail\s*\(/i, 'sends mail'],
	[/\bOPENSEQ\b|\bWRITESEQ\b|\bREADSEQ\b/i, 'reads or writes files'],
]

/** Opaque tasks around the data flow: the new job stops there and names them. */
export function jobRoutines(root: DsxRecord, job: JobContext): JobRoutines {
	const control = textOf(root.values, 'JobControlCode').trim()
	const differences: DifferenceOccurrence[] = []
	const before = [
		...(control === '' ? [] : [task(root, job, 'job control', 'JobControlCode', controlReason(control), control)]),
		...subroutine(root, job, 'before', differences),
	]
	const after = subroutine(root, job, 'after', differences)
	return { before, after, afterFailure: textOf(root.values, 'ControlAfterSubr') !== '1', differences }
}

function controlReason(code: string): string {
	const does = controls.filter(([pattern]) => pattern.test(code)).map(([, what]) => what)
	return `its job control, a program in BASIC, ${does.length === 0 ? 'runs on the old server' : does.join(', ')}`
}

/** The task of a routine before or after a job. `DSU.ExecSH\command`: the routine and its argument. `0` and empty: none. */
export function subroutine(
	root: DsxRecord,
	job: JobContext,
	when: 'before' | 'after',
	differences: DifferenceOccurrence[],
): readonly Task[] {
	const written = textOf(root.values, when === 'before' ? 'BeforeSubr' : 'AfterSubr')
	const at = written.indexOf('\\')
	const [routine, argument] = at < 0 ? [written, ''] : [written.slice(0, at), written.slice(at + 1)]
	if (routine.trim() === '' || routine === '0') return []
	const plain = routine.toLowerCase().replace(/^(?:dsu|dsp)\./, '')
	const record = routineNamed(plain, job)
	const what = known[plain] ?? 'is BASIC code that runs on the old server'
	const name = `${when} routine ${routine}`
	const lowered = /^execsh/.test(plain)
		? command(root, job, name, argument, differences)
		: plain === 'dswaitforfile'
			? waitTask(root, job, name, argument)
			: record === undefined || job.kind === 'sequence'
				? undefined
				: userStatusTask(root, job, name, record, argument)
	if (lowered !== undefined && !('problem' in lowered)) return [lowered]
	const why = lowered === undefined ? '' : `: ${lowered.problem}`
	const reason = `the routine ${routine}, which the job calls ${when} it runs, ${what}${why}`
	return [task(root, job, name, routine, reason, argument)]
}

const routineNamed = (name: string, { project }: JobContext): DsxRecord | undefined =>
	[...project.routines].find(([key]) => key.toLowerCase() === name)?.[1]

function userStatusTask(
	root: DsxRecord,
	job: JobContext,
	name: string,
	record: DsxRecord,
	argument: string,
): UserStatusTask | { readonly problem: string } {
	const found = userStatusOf(record, argument, job)
	if ('problem' in found) return found
	return { ...baseOf(root, job, name), kind: 'user-status', value: { expression: found.status, text: argument } }
}

function waitTask(
	root: DsxRecord,
	job: JobContext,
	name: string,
	argument: string,
): WaitForFileTask | { readonly problem: string } {
	const found = fileWait(argument, job.parameters)
	return 'problem' in found ? found : { ...baseOf(root, job, name), kind: 'wait-for-file', ...found.wait }
}

function baseOf(root: DsxRecord, job: JobContext, name: string) {
	const provenance = { file: job.file, path: job.name, lines: root.lines }
	return { id: `${job.name}#${name}`, element: job.name, name, provenance, disabled: false }
}

/** Commands that work on files; what they write has no reader here. */
const onFiles: ReadonlySet<Task['kind']> = new Set(['file-operation', 'files'])

function command(
	root: DsxRecord,
	job: JobContext,
	name: string,
	text: string,
	differences: DifferenceOccurrence[],
): Task | { readonly problem: string } {
	const provenance = { file: job.file, path: job.name, lines: root.lines }
	const reasons: string[] = []
	const found: DifferenceOccurrence[] = []
	const task = lowerCommand(text, {
		base: { id: `${job.name}#${name}`, element: job.name, name, provenance, disabled: false },
		names: { variables: [], parameters: job.parameters },
		outputs: [],
		structure: { stages: [] },
		refuse: (reason) => void reasons.push(reason),
		differ: (id, detail) => void found.push({ id, element: job.name, detail, provenance }),
	})
	const [problem] = reasons
	if (problem !== undefined) return { problem }
	if (!onFiles.has(task.kind)) return { problem: 'it writes a value that nothing reads' }
	differences.push(...found)
	return task
}

function task(
	root: DsxRecord,
	job: JobContext,
	name: string,
	sourceType: string,
	reason: string,
	text: string,
): OpaqueTask {
	const provenance = { file: job.file, path: job.name, lines: root.lines }
	job.report(
		diagnose('stage/unsupported', provenance, {
			what: `The ${name} of ${job.name} is not translated`,
			why: `${reason.charAt(0).toUpperCase()}${reason.slice(1)}.`,
		}),
	)
	return {
		kind: 'opaque',
		id: `${job.name}#${name}`,
		element: job.name,
		name,
		provenance,
		disabled: false,
		sourceType,
		reason,
		text: redact(text),
	}
}
