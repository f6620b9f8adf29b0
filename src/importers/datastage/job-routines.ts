/** What a job does besides its data flow: routines before and after it, and job control in BASIC. None of it is translated. */
import type { OpaqueTask } from '#model/control-flow.ts'
import { diagnose } from '#model/diagnostics.ts'
import { redact } from '#model/redact.ts'
import { textOf } from './columns.ts'
import type { DsxRecord } from './formats/dsx/records.ts'
import type { JobContext } from './stage-context.ts'

export interface JobRoutines {
	readonly before: readonly OpaqueTask[]
	readonly after: readonly OpaqueTask[]
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
	const before = [
		...(control === '' ? [] : [task(root, job, 'job control', 'JobControlCode', controlReason(control), control)]),
		...subroutine(root, job, 'BeforeSubr', 'before'),
	]
	return { before, after: subroutine(root, job, 'AfterSubr', 'after') }
}

function controlReason(code: string): string {
	const does = controls.filter(([pattern]) => pattern.test(code)).map(([, what]) => what)
	return `its job control, a program in BASIC, ${does.length === 0 ? 'runs on the old server' : does.join(', ')}`
}

/** `DSU.ExecSH\command`: the routine and its argument. `0` and empty: none. */
function subroutine(root: DsxRecord, job: JobContext, key: string, when: 'before' | 'after'): readonly OpaqueTask[] {
	const written = textOf(root.values, key)
	const at = written.indexOf('\\')
	const [routine, argument] = at < 0 ? [written, ''] : [written.slice(0, at), written.slice(at + 1)]
	if (routine.trim() === '' || routine === '0') return []
	const what = known[routine.toLowerCase().replace(/^(?:dsu|dsp)\./, '')] ?? 'is BASIC code that runs on the old server'
	const reason = `the routine ${routine}, which the job calls ${when} it runs, ${what}`
	return [task(root, job, `${when} routine ${routine}`, routine, reason, argument)]
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
