import { describe, expect, it } from 'vitest'
import type { SequenceSpec } from '../support/sequence-builder.ts'
import {
	all,
	any,
	command,
	condition,
	countTo,
	endLoop,
	handler,
	jobActivity,
	loopOver,
	proofOf,
	routine,
	sequenceText,
	terminator,
	variables,
} from '../support/sequence-builder.ts'

/** Sequences in which the reference and the state machine must start the same jobs with the same parameters, and end alike. */
const sequences: Readonly<Record<string, SequenceSpec>> = {
	'a chain of jobs with parameters': {
		parameters: { Day: '1', Folder: '/data' },
		activities: [
			jobActivity('Extract', { Day: 'Day', File: 'Folder : "/in.txt"' }),
			jobActivity('Load', { From: 'Extract.$JobName' }),
		],
		triggers: ['Extract ok> Load'],
	},
	'OK, failed and otherwise': {
		activities: [jobActivity('Load'), jobActivity('Report'), jobActivity('Repair'), jobActivity('Other')],
		triggers: ['Load ok> Report', 'Load failed> Repair', 'Repair otherwise> Other'],
	},
	'unconditional triggers after a failure that nothing handles': {
		options: 'logjoberrors',
		activities: [jobActivity('Load'), jobActivity('Report'), jobActivity('Good')],
		triggers: ['Load > Report', 'Load ok> Good'],
	},
	'jobs side by side, and a sequencer that waits for all': {
		activities: [jobActivity('A'), jobActivity('B'), jobActivity('C'), all('Both'), jobActivity('D')],
		triggers: ['A ok> Both', 'B ok> Both', 'C ok> Both', 'Both > D'],
	},
	'a sequencer that waits for all, of which some may never come': {
		options: '',
		activities: [jobActivity('A'), jobActivity('B'), all('Both'), jobActivity('C'), jobActivity('Sorry')],
		triggers: ['A ok> Both', 'B ok> Both', 'Both > C', 'A failed> Sorry'],
	},
	'a fork behind a job, with a join': {
		activities: [jobActivity('Start'), jobActivity('A'), jobActivity('B'), all('Both'), jobActivity('End')],
		triggers: ['Start ok> A', 'Start ok> B', 'A > Both', 'B > Both', 'Both > End'],
	},
	'a sequencer for any of two ways that exclude each other': {
		parameters: { Mode: 'full' },
		activities: [condition('Which'), jobActivity('Full'), jobActivity('Delta'), any('Either'), jobActivity('End')],
		triggers: [
			'Which [Mode = "full"]> Full',
			'Which [Mode = "delta"]> Delta',
			'Full > Either',
			'Delta > Either',
			'Either > End',
		],
	},
	'a nested condition with a way around': {
		parameters: { Files: '3' },
		activities: [condition('Some'), jobActivity('Pack'), jobActivity('Clean'), any('Meet'), jobActivity('Purge')],
		triggers: ['Some [Files > 0]> Pack', 'Some otherwise> Meet', 'Pack ok> Clean', 'Clean ok> Meet', 'Meet > Purge'],
	},
	'nested conditions': {
		parameters: { Region: 'north', Size: '10' },
		activities: [
			condition('Where'),
			condition('HowMuch'),
			jobActivity('NorthBig'),
			jobActivity('NorthSmall'),
			jobActivity('South'),
			jobActivity('Nowhere'),
		],
		triggers: [
			'Where [Region = "north"]> HowMuch',
			'Where [Region = "south"]> South',
			'Where otherwise> Nowhere',
			'HowMuch [Size >= 100]> NorthBig',
			'HowMuch [Size < 100]> NorthSmall',
		],
	},
	'conditions that may both hold': {
		parameters: { Size: '10' },
		activities: [condition('Sizes'), jobActivity('Positive'), jobActivity('Large'), jobActivity('None')],
		triggers: ['Sizes [Size > 0]> Positive', 'Sizes [Size > 5]> Large', 'Sizes otherwise> None'],
	},
	'custom triggers on the status of a job': {
		activities: [jobActivity('Load'), jobActivity('Good'), jobActivity('Bad')],
		triggers: ['Load [Load.$JobStatus = DSJS.RUNOK Or Load.$JobStatus = DSJS.RUNWARN]> Good', 'Load otherwise> Bad'],
	},
	'user variables that use each other': {
		parameters: { Day: '240115' },
		activities: [
			variables('Names', {
				Year: '"20" : Left(Day, 2)',
				File: 'Names.Year : "/" : Upcase("sales")',
				Full: 'Names.Year : "-" : Right(Day, 2)',
			}),
			jobActivity('Load', { Year: 'Names.Year', Full: 'Names.Full' }),
			condition('Check'),
			jobActivity('Old'),
		],
		triggers: ['Names > Load', 'Load > Check', 'Check [Names.Year < 2024]> Old'],
	},
	'a loop over a list': {
		parameters: { Regions: 'north,south,east' },
		activities: [
			loopOver('Each', '#Regions#'),
			jobActivity('Load', { Region: 'Each.$Counter' }),
			endLoop('Next', 'V0S0'),
			jobActivity('Report'),
		],
		triggers: ['Each > Load', 'Load ok> Next', 'Next > Each', 'Next > Report'],
	},
	'a loop that a failure leaves': {
		options: '',
		parameters: { Regions: 'north,south' },
		activities: [
			loopOver('Each', '#Regions#'),
			jobActivity('Load', { Region: 'Each.$Counter' }),
			endLoop('Next', 'V0S0'),
			jobActivity('Report'),
		],
		triggers: ['Each > Load', 'Load ok> Next', 'Next > Report'],
	},
	'a loop over numbers, with a choice inside': {
		activities: [
			countTo('Each', '2', '6', '2'),
			condition('Third'),
			jobActivity('Four', { Number: 'Each.$Counter' }),
			jobActivity('Rest', { Number: 'Each.$Counter' }),
			any('Meet'),
			endLoop('Next', 'V0S0'),
		],
		triggers: [
			'Each > Third',
			'Third [Each.$Counter = 4]> Four',
			'Third otherwise> Rest',
			'Four > Meet',
			'Rest > Meet',
			'Meet > Next',
		],
	},
	'a loop in a loop': {
		activities: [
			loopOver('Outer', 'a,b'),
			countTo('Inner', '1', '2'),
			jobActivity('Load', { Key: 'Outer.$Counter : Inner.$Counter' }),
			endLoop('InnerEnd', 'V0S1'),
			endLoop('OuterEnd', 'V0S0'),
			jobActivity('Report'),
		],
		triggers: ['Outer > Inner', 'Inner > Load', 'Load > InnerEnd', 'InnerEnd > OuterEnd', 'OuterEnd > Report'],
	},
	'an exception handler behind a chain': {
		activities: [
			jobActivity('Load'),
			jobActivity('Report'),
			handler('Oops'),
			jobActivity('Tell', { What: 'Oops.$ErrSource : ": " : Oops.$ErrMessage' }),
		],
		triggers: ['Load ok> Report', 'Oops > Tell'],
	},
	'an exception handler behind jobs side by side': {
		activities: [
			jobActivity('A'),
			jobActivity('B'),
			all('Both'),
			jobActivity('C'),
			handler('Oops'),
			jobActivity('Tell', { What: 'Oops.$ErrSource' }),
			terminator('Stop', 'it failed'),
		],
		triggers: ['A > Both', 'B > Both', 'Both > C', 'Oops > Tell', 'Tell > Stop'],
	},
	'a terminator in one of two ways': {
		parameters: { Files: '0' },
		activities: [condition('Any'), terminator('Stop', 'no files'), jobActivity('Load')],
		triggers: ['Any [Files = 0]> Stop', 'Any otherwise> Load'],
	},
	'the output of echo': {
		parameters: { Name: 'x' },
		activities: [
			command('Say', 'echo "#Name#"'),
			condition('Is'),
			jobActivity('X', { Told: 'Convert(@FM, "", Say.$CommandOutput)' }),
			jobActivity('Y'),
		],
		triggers: [
			'Say > Is',
			'Is [Trim(Left(Say.$CommandOutput, Len(Say.$CommandOutput)-1)) = "x"]> X',
			'Is otherwise> Y',
		],
	},
	'files that are moved and removed': {
		parameters: { Dir: 's3://bucket/in' },
		activities: [
			command('Move', 'mv "#Dir#/a.txt" "#Dir#/b.txt"'),
			command('Remove', 'rm "#Dir#/c.txt"'),
			jobActivity('Load'),
			jobActivity('Sorry'),
		],
		triggers: ['Move [= 0]> Remove', 'Remove ok> Load', 'Remove failed> Sorry'],
	},
	'ways that cross': {
		activities: [
			jobActivity('A'),
			jobActivity('B'),
			jobActivity('C'),
			all('AB'),
			all('BC'),
			jobActivity('D'),
			jobActivity('E'),
			all('End'),
			jobActivity('F'),
		],
		triggers: ['A > AB', 'B > AB', 'B > BC', 'C > BC', 'AB > D', 'BC > E', 'D > End', 'E > End', 'End > F'],
	},
	'a sequencer for the first of two jobs': {
		activities: [jobActivity('A'), jobActivity('B'), any('First'), jobActivity('C')],
		triggers: ['A > First', 'B > First', 'First > C'],
	},
	'triggers that a sequencer looks at later': {
		options: '',
		activities: [jobActivity('A'), jobActivity('B'), jobActivity('C'), any('Trouble'), jobActivity('Repair')],
		triggers: ['A ok> B', 'B ok> C', 'A failed> Trouble', 'B failed> Trouble', 'C failed> Trouble', 'Trouble > Repair'],
	},
}

describe('a sequence and its state machine', () => {
	it.each(Object.entries(sequences))('%s', async (_name, spec) => {
		const { report, details } = await proofOf(spec)
		expect(details).toEqual([])
		expect(report.stopped_by).toBeUndefined()
		expect(report.level).toBe('E3')
		expect(report.branches.unreached).toEqual([])
	})
})

describe('what is proven less of', () => {
	it('a sequence with something opaque ends at E1', async () => {
		const { report } = await proofOf({
			activities: [jobActivity('A'), routine('DSU.Mail')],
			triggers: ['A > DSU.Mail'],
		})
		expect(report).toMatchObject({ level: 'E1' })
		expect(report.stopped_by).toContain('DSU.Mail (CRoutineActivity) is not understood')
	})

	it('a started sequence tells its status, warnings too', async () => {
		const child = sequenceText({ name: 'Child', activities: [jobActivity('X')], triggers: [] })
		const { report, details } = await proofOf(
			{
				activities: [jobActivity('Child'), jobActivity('Good'), jobActivity('Doubtful'), jobActivity('Bad')],
				triggers: ['Child ok> Good', 'Child warnings> Doubtful', 'Child failed> Bad'],
			},
			[child],
		)
		expect(details).toEqual([])
		expect(report.level).toBe('E3')
		expect(report.branches.unreached).toEqual([])
	})
})
