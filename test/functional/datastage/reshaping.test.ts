import { packed } from '../../support/dsx-builder.ts'
import { from, list, stage, subject, to } from '../../support/functional-job.ts'

subject('Pivot', {
	'horizontal, with an index': {
		stages: [
			stage('P', 'PxPivot', {
				pivot_type: 'pivot',
				PivotCustomOSH: "-derive 'SALES' -from 'Q1' -from 'Q2' -type 'int32' -index 'Q' ",
				PivotCustomInputOSH: "-derive ID -from ID -type 'int32' ",
			}),
		],
		links: [
			from(
				'In',
				'P',
				`ID int
				Q1 int?
				Q2 int?`,
			),
			to(
				'Out',
				'P',
				`ID int
				SALES int?
				Q int`,
			),
		],
		given: { In: '1,10,NULL\n2,30,40\n' },
		written: { Out: '1,10,0\n1,NULL,1\n2,30,0\n2,40,1\n' },
	},
	'without an index': {
		stages: [
			stage('P', 'PxPivot', {
				pivot_type: 'pivot',
				PivotCustomOSH: "-derive 'SALES' -from 'Q1' -from 'Q2' -type 'int32' ",
				PivotCustomInputOSH: "-derive ID -from ID -type 'int32' ",
			}),
		],
		links: [
			from(
				'In',
				'P',
				`ID int
				Q1 int?
				Q2 int?`,
			),
			to(
				'Out',
				'P',
				`ID int
				SALES int?`,
			),
		],
		given: { In: '1,10,NULL\n' },
		written: { Out: '1,10\n1,NULL\n' },
	},
})

subject('Head, Tail, Sample, Peek', {
	'the first rows': {
		stages: [stage('H', 'PxHead', { nrecs: '2' })],
		links: [from('In', 'H', 'A int'), to('Out', 'H', 'A int')],
		given: { In: '3\n1\n2\n' },
		written: { Out: '3\n1\n' },
	},
	'rows after a skip, each second one': {
		stages: [stage('H', 'PxHead', { nrecs: '2', skip: '1', period: '2' })],
		links: [from('In', 'H', 'A int'), to('Out', 'H', 'A int')],
		given: { In: '1\n2\n3\n4\n5\n6\n' },
		written: { Out: '2\n4\n' },
	},
	'the last rows': {
		stages: [stage('T', 'PxTail', { nrecs: '2' })],
		links: [from('In', 'T', 'A int'), to('Out', 'T', 'A int')],
		given: { In: '3\n1\n2\n' },
		written: { Out: '1\n2\n' },
	},
	'a sample by period': {
		stages: [stage('S', 'PxSample', { selection: 'period', period: '2' })],
		links: [from('In', 'S', 'A int'), to('Out', 'S', 'A int')],
		given: { In: '1\n2\n3\n4\n5\n' },
		written: { Out: '2\n4\n' },
	},
	'a random sample, no more rows than all partitions together may give': {
		stages: [stage('S', 'PxSample', { percent: packed(['percent', '100']), totalmaxoutputrows: '2' })],
		links: [from('In', 'S', 'A int'), to('Out', 'S', 'A int')],
		given: { In: '1\n2\n3\n' },
		written: { Out: '1\n2\n' },
	},
	'a sample by period, as the stage names it; percentages of another mode are left over': {
		stages: [stage('S', 'PxSample', { selection: 'period', sample: '2', percent: packed(['percent', '50']) })],
		links: [from('In', 'S', 'A int'), to('Out', 'S', 'A int')],
		given: { In: '1\n2\n3\n' },
		written: { Out: '2\n' },
	},
	'a peek lets all rows pass': {
		stages: [stage('P', 'PxPeek', { nrecs: '1', name: 'name' })],
		links: [from('In', 'P', 'A int'), to('Out', 'P', 'A int = in.A')],
		given: { In: '1\n2\n' },
		written: { Out: '1\n2\n' },
	},
})

subject('Row Generator', {
	'cycles of numbers, texts, dates': {
		stages: [stage('G', 'PxRowGenerator')],
		links: [
			{
				...to(
					'Out',
					'G',
					`N int {cycle={init=10,incr=5,limit=20}}
					S varchar(3) {cycle={value='a',value='b'}}
					D date {cycle={init='2020-02-28',incr=1}}
					M decimal(5,2) {cycle={init=1.5,incr=0.25}}
					T time {cycle={init='10:00:00',incr=60}}
					X timestamp {cycle={init='2020-01-01 00:00:00',incr=3600}}`,
				),
				outProperties: { records: '4' },
			},
		],
		given: {},
		written: {
			Out: '10,a,2020-02-28, 001.50,10:00:00,2020-01-01 00:00:00\n15,b,2020-02-29, 001.75,10:01:00,2020-01-01 01:00:00\n20,a,2020-03-01, 002.00,10:02:00,2020-01-01 02:00:00\n10,b,2020-03-02, 002.25,10:03:00,2020-01-01 03:00:00\n',
		},
	},
	'columns are added': {
		stages: [stage('G', 'PxColumnGenerator', { selection: 'explicit', schema: list('schema', 'N') })],
		links: [
			from('In', 'G', 'A int'),
			to(
				'Out',
				'G',
				`A int = in.A
				N int {cycle={init=1,incr=1}}`,
			),
		],
		given: { In: '5\n6\n' },
		written: { Out: '5,1\n6,2\n' },
	},
})

subject('Column Import and Export', {
	'a text becomes columns': {
		stages: [stage('I', 'PxColumnImport', { field: 'REC', schema: list('schema', 'A', 'B'), selection: 'explicit' })],
		links: [
			from(
				'In',
				'I',
				`ID int
				REC varchar(50)`,
				{ format: "delim='|', quote=none" },
			),
			to(
				'Out',
				'I',
				`ID int
				A int
				B varchar(9)`,
				{ out: {}, outMeta: { SchemaFormat: "final_delim=end, delim=',', quote=none" } },
			),
		],
		given: { In: '1|5,x\n2|no,y\n3|6,z\n' },
		written: { Out: '1,5,x\n3,6,z\n' },
	},
	'records that do not fit go to the reject link': {
		stages: [
			stage('I', 'PxColumnImport', {
				field: 'REC',
				schema: list('schema', 'A', 'B'),
				selection: 'explicit',
				'saveRejects\\failRejects': 'saveRejects',
			}),
		],
		links: [
			from(
				'In',
				'I',
				`ID int
				REC varchar(50)`,
				{ format: "delim='|', quote=none" },
			),
			to(
				'Out',
				'I',
				`ID int
				A int
				B varchar(9)`,
				{ out: {}, outMeta: { SchemaFormat: "final_delim=end, delim=',', quote=none" } },
			),
			to(
				'Bad',
				'I',
				`ID int
				REC varchar(50)`,
				{ kind: 'reject', format: "delim='|', quote=none" },
			),
		],
		given: { In: '1|5,x\n2|no,y\n3|6,z\n' },
		written: { Out: '1,5,x\n3,6,z\n', Bad: '2|no,y\n' },
	},
	'columns become a text': {
		stages: [
			stage('E', 'PxColumnExport', {
				schema: list('schema', 'A', 'B'),
				field: 'REC',
				type: 'varchar',
				selection: 'explicit',
			}),
		],
		links: [
			from(
				'In',
				'E',
				`ID int
				A int
				B varchar(9)`,
			),
			to(
				'Out',
				'E',
				`ID int
				REC varchar(50)`,
				{ format: "delim='|', quote=none", outMeta: { SchemaFormat: "final_delim=end, delim=';', quote=none" } },
			),
		],
		given: { In: '1,5,x\n' },
		written: { Out: '1|5;x\n' },
	},
})
