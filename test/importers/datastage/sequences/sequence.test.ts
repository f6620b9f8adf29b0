import { describe, expect, it } from 'vitest'
import type { Task } from '#model/control-flow.ts'
import { outcomeOf } from '../../../support/dsx-builder.ts'
import {
	all,
	any,
	command,
	condition,
	countTo,
	endLoop,
	handler,
	importSequence,
	jobActivity,
	loopOver,
	routine,
	terminator,
	variables,
} from '../../../support/sequence-builder.ts'

const kinds = (tasks: readonly Task[]) => tasks.map(({ name, kind }) => `${name}: ${kind}`)

describe('activities of a sequence', () => {
	it('become tasks of their kinds', () => {
		const job = importSequence({
			activities: [
				variables('Names', { File: '"a" : "b"' }),
				jobActivity('Load'),
				all('Both'),
				condition('Check'),
				terminator('Stop', 'enough'),
			],
			triggers: ['Names > Load', 'Load > Both', 'Both > Check', 'Check [Names.File = "ab"]> Stop'],
		})
		expect(kinds(job.control.tasks)).toEqual([
			'Names: assign',
			'Load: run-job',
			'Both: barrier',
			'Check: barrier',
			'Stop: terminate',
		])
		expect(job.accounting.map(({ outcome }) => outcome)).toEqual(['exact', 'exact', 'exact', 'exact', 'exact'])
	})

	it('hand over parameters: expressions, whole sets, and nothing where the project decides', () => {
		const job = importSequence({
			parameters: { Day: '1', 'Paths.In': '/in', 'Paths.Out': '/out' },
			activities: [jobActivity('Load', { Today: 'Day', Paths: 'Paths', $ENV: '"$PROJDEF"', Fixed: '"x"' })],
			triggers: [],
		})
		const [task] = job.control.tasks
		expect(task?.kind === 'run-job' && task.parameters.map(({ name, value }) => [name, value.text])).toEqual([
			['Today', 'Day'],
			['Paths.In', 'Paths.In'],
			['Paths.Out', 'Paths.Out'],
			['Fixed', '"x"'],
		])
	})

	it.each([
		['2', 'it does not run the job, it asks the old engine to validate it'],
		['3', 'it does not run the job, it asks the old engine to reset it'],
		['9', 'its execution type 9 is not known'],
	])('of execution type %s are opaque', (ExecutionType, reason) => {
		const job = importSequence({ activities: [jobActivity('Load', {}, { ExecutionType })], triggers: [] })
		expect(outcomeOf(job, 'Load')).toBe(`opaque: ${reason}`)
	})

	it('that a state machine cannot do are opaque, with the reason', () => {
		const job = importSequence({
			activities: [
				routine('DSU.Mail'),
				command('List', 'ls -l | sort'),
				command('Pack', 'gzip -f x.txt'),
				variables('V', { A: 'Soundex("x")', B: 'NoSuch(1)' }),
				jobActivity('Load', { P: 'Nobody' }),
			],
			triggers: [],
		})
		expect(outcomeOf(job, 'DSU.Mail')).toBe(
			'opaque: it calls the routine DSU.Mail, whose BASIC code runs on the old server and is not in the export',
		)
		expect(outcomeOf(job, 'List')).toContain('ls with these arguments is not one of the few that have')
		expect(outcomeOf(job, 'Pack')).toContain('gzip with these arguments is not one of the few that have')
		expect(outcomeOf(job, 'V')).toContain('Step Functions cannot compute soundex')
		expect(outcomeOf(job, 'Load')).toContain('Nobody is no column, variable or parameter here')
	})
})

describe('dsjob in a command', () => {
	const run = (text: string, trigger = 'Run [Run.$ReturnValue = 1]> After') =>
		importSequence({
			parameters: { Day: '1' },
			activities: [command('Run', text), command('After', 'echo done')],
			triggers: [trigger],
		})

	it('runs a job with its parameters, whose status is the return value', () => {
		const job = run(
			'/opt/ds/bin/dsjob -domain NONE -run -mode NORMAL -param Day=#Day# -param "To=a b" -jobstatus P Load',
		)
		const [task] = job.control.tasks
		expect(task).toMatchObject({
			kind: 'run-job',
			job: { text: 'Load' },
			parameters: [
				{ name: 'Day', value: { expression: { kind: 'parameter', name: 'Day' } } },
				{ name: 'To', value: { expression: { kind: 'literal', value: 'a b' } } },
			],
			outputs: [{ what: 'status', variable: 'Run.$ReturnValue' }],
		})
		expect(outcomeOf(job, 'Run')).toContain('RG-D060')
		expect(outcomeOf(run('$DSHOME/bin/dsjob -run -jobstatus P Load.x'), 'Run')).toContain('RG-D061')
	})

	it.each([
		['dsjob -run -wait P Load', 'does not wait for the status of the job'],
		['dsjob -stop P Load', 'its option -stop has no counterpart'],
		['dsjob -run -jobstatus -rows 10 P Load', 'its option -rows has no counterpart'],
		['dsjob -run -jobstatus Load', 'does not name a project and a job'],
		['dsjob -run -jobstatus P Load | grep x', 'read by another command'],
	])('%s is opaque', (text, reason) => {
		expect(outcomeOf(run(text), 'Run')).toContain(reason)
	})

	it('is opaque where its triggers or what it prints would mean something else', () => {
		const text = 'dsjob -run -jobstatus P Load'
		expect(outcomeOf(run(text, 'Run ok> After'), 'Run')).toContain('its triggers OK and Failed')
		expect(outcomeOf(run(text, 'Run [Run.$CommandOutput = "x"]> After'), 'Run')).toContain('reads what it prints')
	})
})

describe('commands', () => {
	it('on one file become operations on files', () => {
		const job = importSequence({
			parameters: { Dir: '/data' },
			activities: [
				variables('V', { Clean: '"rm -f " : Dir : "/old.txt"' }),
				command('Clean', '#V.Clean#'),
				command('Move', "mv '#Dir#/a b.txt' '#Dir#/c.txt'"),
			],
			triggers: ['V > Clean', 'Clean > Move'],
		})
		expect(job.control.tasks).toMatchObject([
			{},
			{ kind: 'file-operation', operation: 'delete-file', mayBeAbsent: true },
			{ kind: 'file-operation', operation: 'move-file', overwrite: true },
		])
		expect(outcomeOf(job, 'Clean')).toBe('declared: RG-D064: rm takes each value as the path of one file')
		expect(outcomeOf(job, 'Move')).toBe('exact')
	})

	it.each([
		['cp a.txt b.txt #Dir#/', 'cp with these arguments is not one of the few that have'],
		['rm -f /data/?.txt', 'the shell reads "?" in it'],
		['rm -f /data/*/x.txt', 'rm with these arguments is not one of the few that have'],
		['rm -i /data/x', 'rm with these arguments is not one of the few that have'],
		['ls /data/x > list.txt', 'ls with these arguments is not one of the few that have'],
		['find /data -name x -delete', 'find with these arguments is not one of the few that have'],
		['cd /data; rm -f x', 'the shell reads ";" in it'],
		['rm x || mail me', 'the shell reads "||" in it'],
		['#Dir#/clean.sh', 'only the run knows the name of this one'],
		['echo "$HOME"', 'the shell reads "$" in it'],
		['echo "a', 'a quote in it is never closed'],
	])('%s is opaque', (text, reason) => {
		const job = importSequence({ parameters: { Dir: '/d' }, activities: [command('Do', text)], triggers: [] })
		expect(outcomeOf(job, 'Do')).toContain(reason)
	})
})

describe('triggers', () => {
	it('have an outcome or a condition', () => {
		const job = importSequence({
			activities: [jobActivity('A'), ...['B', 'C', 'D', 'E', 'F', 'G'].map((name) => jobActivity(name))],
			triggers: ['A > B', 'A otherwise> C', 'A ok> D', 'A failed> E', 'A warnings> F', 'A [A.$JobStatus = 1]> G'],
		})
		expect(job.control.precedences.map(({ outcome, condition: extra }) => outcome ?? extra?.text)).toEqual([
			'completion',
			'otherwise',
			'success',
			'failure',
			'warning',
			'A.$JobStatus = 1',
		])
		expect(outcomeOf(job, 'A')).toContain('RG-D060')
	})

	it('may compare the user status of a job, or its return value', () => {
		const job = importSequence({ activities: [jobActivity('A'), jobActivity('B')], triggers: ['A [= 0]> B'] })
		expect(job.control.precedences).toMatchObject([{ condition: { text: 'A.$UserStatus = 0' } }])
		expect(outcomeOf(job, 'A')).toBe('exact')
	})

	it('that cross, or of which the first would do, are a declared difference', () => {
		const job = importSequence({
			options: '',
			activities: [jobActivity('A'), jobActivity('B'), any('First'), jobActivity('C')],
			triggers: ['A > First', 'B > First', 'First > C'],
		})
		expect(outcomeOf(job, 'First')).toBe('declared: RG-D065: it starts when all of A, B have ended')
		expect(job.control.joins).toEqual([{ task: 'Nightly/First', needs: 'any' }])
	})
})

describe('loops', () => {
	it('hold what lies between their ends', () => {
		const job = importSequence({
			activities: [countTo('Each', '1', '3'), jobActivity('Load'), endLoop('Next', 'V0S0'), jobActivity('Report')],
			triggers: ['Each > Load', 'Load > Next', 'Next > Each', 'Next > Report'],
		})
		expect(kinds(job.control.tasks)).toEqual(['Each: loop', 'Report: run-job'])
		const [loop] = job.control.tasks
		expect(loop?.kind === 'loop' && kinds(loop.body.tasks)).toEqual(['Load: run-job', 'Next: barrier'])
		expect(loop).toMatchObject({ continues: 'Nightly/Next', over: { kind: 'counter', variable: 'Each.$Counter' } })
		expect(job.control.precedences).toMatchObject([{ from: 'Nightly/Each', to: 'Nightly/Report' }])
	})

	it('without an end, or with a way into them, are opaque', () => {
		const open = importSequence({
			activities: [loopOver('Each', 'a,b'), jobActivity('Load')],
			triggers: ['Each > Load'],
		})
		expect(outcomeOf(open, 'Each')).toBe('opaque: no End Loop activity belongs to it')
		const entered = importSequence({
			activities: [loopOver('Each', 'a,b'), any('Meet'), endLoop('Next', 'V0S0'), jobActivity('Other')],
			triggers: ['Each > Meet', 'Other > Meet', 'Meet > Next'],
		})
		expect(outcomeOf(entered, 'Each')).toBe('opaque: the trigger t1 leads into its body or out of it')
	})

	it('of triggers alone are opaque', () => {
		const job = importSequence({ activities: [any('A'), any('B')], triggers: ['A > B', 'B > A'] })
		expect(outcomeOf(job, 'A')).toBe('opaque: its triggers form a circle')
	})
})

describe('the sequence as a whole', () => {
	it('has an exception handler, and rules for failures', () => {
		const job = importSequence({
			activities: [jobActivity('Load'), handler('Oops'), jobActivity('Tell', { What: 'Oops.$ErrMessage' })],
			triggers: ['Oops > Tell'],
		})
		expect(kinds(job.control.tasks)).toEqual(['Load: run-job'])
		expect(job.control.handlers?.map(({ event, body }) => [event, kinds(body.tasks)])).toEqual([
			['error', ['Oops: barrier', 'Tell: run-job']],
		])
		expect(job.control.triggers).toMatchObject({ unhandled: 'raise', warns: true })
	})

	it('says that a restart is another thing', () => {
		const job = importSequence({ options: 'restartable', activities: [jobActivity('Load')], triggers: [] })
		expect(job.differences.map(({ id }) => id)).toEqual(['RG-D062'])
		expect(job.control.triggers).toMatchObject({ unhandled: 'ignore', warns: false })
	})
})
