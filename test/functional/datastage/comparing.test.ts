import { packed } from '../../support/dsx-builder.ts'
import { from, list, stage, subject, to } from '../../support/functional-job.ts'

const keyed = (type: string, properties: Record<string, string>, out: string, written: string) => ({
	stages: [stage('C', type, properties)],
	links: [
		from(
			'Before',
			'C',
			`K int
			A varchar(5)?
			B int?`,
		),
		from(
			'After',
			'C',
			`K int
			A varchar(5)?
			B int?`,
		),
		to('Out', 'C', out),
	],
	given: { Before: '1,a,1\n2,b,2\n3,NULL,3\n5,e,5\n', After: '1,a,1\n2,x,2\n3,NULL,9\n4,d,4\n' },
	written: { Out: written },
})
const withCode = `K int
	A varchar(5)?
	B int?
	change_code int`

subject('Change Capture', {
	'keys and values named: inserts, deletes and edits': keyed(
		'PxChangeCapture',
		{ key: list('key', 'K'), value: list('value', 'A') },
		withCode,
		'2,x,2,3\n4,d,4,1\n5,e,5,2\n',
	),
	'all values; copies too; codes of its own': keyed(
		'PxChangeCapture',
		{
			key: list('key', 'K'),
			selection: 'allvalues',
			allValues: 'allValues',
			'keepCopy\\dropCopy': 'keepCopy',
			copyCode: '9',
			insertCode: '7',
			deleteCode: '8',
			editCode: '6',
		},
		withCode,
		'1,a,1,9\n2,x,2,6\n3,NULL,9,6\n4,d,4,7\n5,e,5,8\n',
	),
	'all values but one, without letter case': keyed(
		'PxChangeCapture',
		{
			key: list('key', 'K'),
			selection: packed(['selection', 'allvalues', ['dropvalue', 'B'], ['ci\\cs', 'ci']]),
		},
		withCode,
		'2,x,2,3\n4,d,4,1\n5,e,5,2\n',
	),
	'options as flows write them': keyed(
		'PxChangeCapture',
		{
			key: packed(['key', 'K', ['key\\nulls', 'last']]),
			selection: 'allvalues',
			dropvalue: list('dropvalue', 'A'),
			'selection\\ci\\cs': 'cs',
		},
		withCode,
		'3,NULL,9,3\n4,d,4,1\n5,e,5,2\n',
	),
	'some kinds left out': keyed(
		'PxChangeCapture',
		{
			key: list('key', 'K'),
			value: list('value', 'A', 'B'),
			'keepDelete\\dropDelete': 'dropDelete',
			'keepInsert\\dropInsert': 'dropInsert',
			codeField: 'CC',
		},
		`K int
		B int?
		CC int`,
		'2,2,3\n3,9,3\n',
	),
})

subject('Difference', {
	'both images, with the default codes': {
		stages: [stage('D', 'PxDifference', { key: list('key', 'K'), value: list('value', 'A') })],
		links: [
			from(
				'Before',
				'D',
				`K int
				A int`,
			),
			from(
				'After',
				'D',
				`K int
				A int
				N varchar(3)`,
			),
			to(
				'Out',
				'D',
				`N varchar(3)
				diff int`,
			),
		],
		given: { Before: '1,1\n2,2\n3,3\n', After: '1,1,p\n2,9,q\n4,4,r\n' },
		written: { Out: 'p,0\nq,3\nr,1\n,2\n' },
	},
	'all columns but the keys are values, without letter case; some kinds and codes of its own': {
		stages: [
			stage('D', 'PxDifference', {
				key: packed(['key', 'K']),
				allValues: packed(['allValues', 'allValues', ['ci\\cs2', 'ci']]),
				dropCopy: 'dropCopy',
				dropInsert: ' ',
				insertCode: '0',
				deleteCode: '1',
				copyCode: '2',
				editCode: '3',
				diff_name: 'CODE',
			}),
		],
		links: [
			from(
				'Before',
				'D',
				`K int
				A varchar(3)`,
			),
			from(
				'After',
				'D',
				`K int
				A varchar(3)`,
			),
			to(
				'Out',
				'D',
				`K int
				CODE int`,
			),
		],
		given: { Before: '1,a\n2,b\n3,c\n', After: '1,A\n2,x\n4,d\n' },
		written: { Out: '2,3\n3,1\n4,0\n' },
	},
})

const compared = (properties: Record<string, string>, written: string) => ({
	stages: [stage('C', 'PxCompare', properties)],
	links: [
		from(
			'One',
			'C',
			`K int
			A varchar(3)`,
		),
		from(
			'Two',
			'C',
			`K int
			A varchar(3)`,
		),
		to('Out', 'C', 'result int'),
	],
	given: { One: '1,a\n2,b\n3,c\n4,d\n', Two: '1,x\n2,b\n5,c\n' },
	written: { Out: written },
})

subject('Compare', {
	'all columns, row by row': compared({}, '-1\n0\n-1\n2\n'),
	'one column, codes of its own': compared(
		{ field: list('field', 'K'), eq: '9', lt: '-7', second: '-2' },
		'9\n9\n-7\n-2\n',
	),
})
