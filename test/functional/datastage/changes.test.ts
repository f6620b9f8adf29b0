import { packed } from '../../support/dsx-builder.ts'
import { from, link, list, stage, subject, to } from '../../support/functional-job.ts'

const state = `K int
	A varchar(5)?`
const coded = `${state}
	change_code int`
const applied = (properties: Record<string, string>, changes: string, written: string) => ({
	stages: [stage('C', 'PxChangeApply', { key: list('key', 'K'), ...properties })],
	links: [from('Before', 'C', state), from('Change', 'C', coded), to('Out', 'C', state)],
	given: { Before: '1,a\n2,b\n3,c\n5,e\n', Change: changes },
	written: { Out: written },
})
const valued = { value: list('value', 'A') }

subject('Change Apply', {
	'inserts, edits, deletes and copies': applied(valued, '2,x,3\n3,c,2\n4,d,1\n5,e,0\n', '1,a\n2,x\n4,d\n5,e\n'),
	'a delete whose values differ leaves the row': applied(valued, '3,other,2\n', '1,a\n2,b\n3,c\n5,e\n'),
	'unless the values of deletes do not count': applied(
		{ ...valued, ignoreDeleteValues: 'ignoreDeleteValues' },
		'3,other,2\n',
		'1,a\n2,b\n5,e\n',
	),
	'codes of its own': applied(
		{ ...valued, insertCode: '10', deleteCode: '20', editCode: '30', copyCode: '40' },
		'1,z,30\n2,b,20\n9,n,10\n',
		'1,z\n3,c\n5,e\n9,n\n',
	),
	'an edit of a key that is not there is put out, a delete of one is not': applied(
		valued,
		'4,d,3\n6,f,2\n7,g,0\n',
		'1,a\n2,b\n3,c\n4,d\n5,e\n7,g\n',
	),
})

const captured = (properties: Record<string, string>, written: string) => ({
	stages: [stage('C', 'PxChangeCapture', { key: list('key', 'K'), ...properties })],
	links: [
		from('Before', 'C', `${state}\nB int?`),
		from('After', 'C', `${state}\nB int?`),
		to('Out', 'C', `${state}\nB int?\nchange_code int`),
	],
	given: { Before: '1,a,1\n2,NULL,2\n3,c,3\n4,d,4\n', After: '1,A,1\n2,NULL,2\n3,NULL,3\n4,d,9\n' },
	written: { Out: written },
})

subject('Change Capture, more', {
	'null equals null, and no value': captured({ value: list('value', 'A') }, '1,A,1,3\n3,NULL,3,3\n'),
	'values without letter case': captured(
		{ value: packed(['value', 'A', ['ci\\cs', 'ci']]), 'keepCopy\\dropCopy': 'keepCopy' },
		'1,A,1,0\n2,NULL,2,0\n3,NULL,3,3\n4,d,9,0\n',
	),
	'all columns but the values are keys': captured(
		{ key: list('key'), value: list('value', 'B'), selection: 'allkeys', allKeys: 'allKeys' },
		'1,a,1,2\n1,A,1,1\n3,c,3,2\n3,NULL,3,1\n4,d,9,3\n',
	),
	'edits alone': captured(
		{
			selection: 'allvalues',
			allValues: 'allValues',
			'keepInsert\\dropInsert': 'dropInsert',
			'keepDelete\\dropDelete': 'dropDelete',
			editCode: '5',
		},
		'1,A,1,5\n3,NULL,3,5\n4,d,9,5\n',
	),
})

subject('Change Capture and Change Apply', {
	'what was captured brings the rows before to those after': {
		stages: [
			stage('Take', 'PxCopy'),
			stage('Find', 'PxChangeCapture', { key: list('key', 'K'), value: list('value', 'A') }),
			stage('Apply', 'PxChangeApply', { key: list('key', 'K'), value: list('value', 'A') }),
		],
		links: [
			from('Before', 'Take', state),
			link('first', 'Take', 'Find', 'K int = before.K\nA varchar(5)? = before.A'),
			from('After', 'Find', state),
			link('second', 'Take', 'Apply', 'K int = before.K\nA varchar(5)? = before.A'),
			link('changes', 'Find', 'Apply', coded),
			to('Out', 'Apply', state),
		],
		given: { Before: '1,a\n2,b\n3,NULL\n4,d\n', After: '1,a\n2,NULL\n3,c\n5,e\n' },
		written: { Out: '1,a\n2,NULL\n3,c\n5,e\n' },
	},
})

const pivoted = (written: string, size: string) => ({
	stages: [
		stage('P', 'PxPivot', {
			pivot_type: 'verticalpivot',
			VerticalPivotCustomOSH: `-group 'K' -pivot 'V' -array ${size} `,
		}),
	],
	links: [
		from('In', 'P', 'K varchar(3)?\nV int?', {}),
		to('Out', 'P', 'K varchar(3)? = in.K\nV int? = Pivot(V)\nV_1 int? = Pivot(V_1)'),
	],
	given: { In: 'a,1\na,NULL\na,3\nb,4\nNULL,5\nNULL,6\n' },
	written: { Out: written },
})
subject('Pivot, vertical', {
	'as many rows as the array has places become columns; places without a row are null': pivoted(
		'a,1,NULL\nb,4,NULL\nNULL,5,6\n',
		'2',
	),
})
