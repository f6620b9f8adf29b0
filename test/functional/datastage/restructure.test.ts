import { makeDate, makeDecimal, makeRecord, makeTime, makeVector } from '#model/values.ts'
import type { ColumnSpec, LinkSpec } from '../../support/dsx-builder.ts'
import { columns, from, list, stage, subject, to } from '../../support/functional-job.ts'

/** A column that occurs several times: a number of times, or as often as the row says. */
const vector = (line: string, occurs: number | 'varying'): ColumnSpec => ({
	...(columns(line)[0] ?? { name: '' }),
	more: occurs === 'varying' ? { OccursVarying: '1' } : { Occurs: String(occurs) },
})

/** A sub-record and its fields, which have level numbers. */
const record = (name: string, fields: string, more: Readonly<Record<string, string>> = {}): readonly ColumnSpec[] => [
	{ name, sqlType: 1, more },
	...columns(fields).map((field) => ({ ...field, more: { LevelNo: '2' } })),
]

const between = (name: string, start: string, end: string, all: readonly ColumnSpec[]): LinkSpec => ({
	name,
	from: start,
	to: end,
	columns: all,
})

const scores = `ID int
	S0 int?
	S1 int?
	S2 int?`

// IBM, Make Vector: columns NAME0 to NAMEn become the vector NAME. IBM, Split Vector: it becomes NAME0 to NAMEn.
subject('Make Vector and Split Vector', {
	'a vector goes as it came': {
		stages: [stage('M', 'PxMakeVect', { name: 'S' }), stage('V', 'PxSplitVect', { name: 'S' })],
		links: [
			from('In', 'M', scores),
			between('made', 'M', 'V', [...columns('ID int'), vector('S int?', 3)]),
			to('Out', 'V', scores),
		],
		given: { In: '1,10,NULL,30\n2,-1,0,1\n' },
		written: { Out: '1,10,NULL,30\n2,-1,0,1\n' },
	},
	// IBM, the makevect operator: it stops at the number that is missing.
	'columns behind a missing number stay columns': {
		stages: [stage('M', 'PxMakeVect', { name: 'S' }), stage('V', 'PxSplitVect', { name: 'S' })],
		links: [
			from(
				'In',
				'M',
				`S0 varchar(3)
				S1 varchar(5)
				S3 varchar(5)`,
			),
			between('made', 'M', 'V', [...columns('S3 varchar(5)'), vector('S varchar(5)', 2)]),
			to(
				'Out',
				'V',
				`S3 varchar(5)
				S1 varchar(5)
				S0 varchar(5)`,
			),
		],
		given: { In: 'a,b,c\n' },
		written: { Out: 'c,b,a\n' },
	},
	// IBM, Parallel transform functions, ElementAt: the first element has the index 0.
	'elements of a vector in a Transformer': {
		stages: [stage('M', 'PxMakeVect', { name: 'S' }), stage('T', 'CTransformerStage')],
		links: [
			from('In', 'M', scores),
			between('made', 'M', 'T', [...columns('ID int'), vector('S int?', 3)]),
			to(
				'Out',
				'T',
				`ID int = made.ID
				LAST int? = ElementAt(made.S, 2)
				SUM int = ElementAt(made.S, 0) + NullToZero(ElementAt(made.S, 1))`,
			),
		],
		given: { In: '1,10,NULL,30\n2,5,6,NULL\n' },
		written: { Out: '1,30,10\n2,NULL,11\n' },
	},
})

const lines = `ORDER int
	ITEM varchar(10)
	QTY int?`
const given = { In: '1,pen,3\n2,ink,NULL\n1,cup,1\n1,bag,NULL\n' }
const sorted = { inMeta: { Sort: 'tsort -key ORDER -key ITEM' } }

// IBM, Combine Records: rows with the same key become one, as a vector of sub-records; Promote Subrecord is the inverse.
subject('Combine Records and Promote Subrecord', {
	'keys within the sub-records': {
		stages: [
			stage('C', 'PxCombineRecords', { key: list('key', 'ORDER'), subrecname: 'LINES', toplevelkeys: ' ' }),
			stage('P', 'PxPromoteSubRec', { subrecname: 'LINES' }),
		],
		links: [
			from('In', 'C', lines, sorted),
			between('made', 'C', 'P', record('LINES', lines, { OccursVarying: '1' })),
			to('Out', 'P', lines),
		],
		given,
		written: { Out: '1,bag,NULL\n1,cup,1\n1,pen,3\n2,ink,NULL\n' },
	},
	'keys as columns of their own': {
		stages: [
			stage('C', 'PxCombineRecords', {
				key: list('key', 'ORDER'),
				subrecname: 'LINES',
				toplevelkeys: 'toplevelkeys',
			}),
			stage('P', 'PxPromoteSubRec', { subrecname: 'LINES' }),
		],
		links: [
			from('In', 'C', lines, sorted),
			between('made', 'C', 'P', [
				...columns('ORDER int'),
				...record(
					'LINES',
					`ITEM varchar(10)
					QTY int?`,
					{ OccursVarying: '1' },
				),
			]),
			to('Out', 'P', lines),
		],
		given,
		written: { Out: '1,bag,NULL\n1,cup,1\n1,pen,3\n2,ink,NULL\n' },
	},
	'the first and the number of the rows of a key': {
		stages: [
			stage('C', 'PxCombineRecords', {
				key: list('key', 'ORDER'),
				subrecname: 'LINES',
				toplevelkeys: 'toplevelkeys',
			}),
			stage('V', 'PxSplitSubRec', { subrecname: 'LINES' }),
			stage('T', 'CTransformerStage'),
		],
		links: [
			from('In', 'C', lines, sorted),
			between('made', 'C', 'V', [
				...columns('ORDER int'),
				...record(
					'LINES',
					`ITEM varchar(10)
					QTY int?`,
					{ OccursVarying: '1' },
				),
			]),
			between('split', 'V', 'T', [
				...columns('ORDER int'),
				vector('ITEM varchar(10)', 'varying'),
				vector('QTY int?', 'varying'),
			]),
			to(
				'Out',
				'T',
				`ORDER int = split.ORDER
				FIRST varchar(10) = ElementAt(split.ITEM, 0)
				ROWS int = GetVectorLength(split.QTY)`,
			),
		],
		given,
		written: { Out: '1,bag,3\n2,ink,1\n' },
	},
})

const four = `ID int
	A0 int
	A1 int
	A2 int
	B0 varchar(4)?
	B1 varchar(4)?`

// IBM, Make Subrecord: as long as the longest vector; shorter ones are filled with nulls, or with the default of the type.
subject('Make Subrecord and Split Subrecord', {
	'vectors of two lengths': {
		stages: [
			stage('MA', 'PxMakeVect', { name: 'A' }),
			stage('MB', 'PxMakeVect', { name: 'B' }),
			stage('R', 'PxMakeSubRec', { subrecname: 'PAIR', name: list('name', 'A', 'B'), variable: ' ' }),
			stage('X', 'PxSplitSubRec', { subrecname: 'PAIR' }),
			stage('VA', 'PxSplitVect', { name: 'A' }),
			stage('VB', 'PxSplitVect', { name: 'B' }),
		],
		links: [
			from('In', 'MA', four),
			between('a', 'MA', 'MB', [
				...columns(`ID int
					B0 varchar(4)?
					B1 varchar(4)?`),
				vector('A int', 3),
			]),
			between('b', 'MB', 'R', [...columns('ID int'), vector('A int', 3), vector('B varchar(4)?', 2)]),
			between('r', 'R', 'X', [
				...columns('ID int'),
				...record(
					'PAIR',
					`A int
					B varchar(4)?`,
					{ Occurs: '3' },
				),
			]),
			between('x', 'X', 'VA', [...columns('ID int'), vector('A int', 3), vector('B varchar(4)?', 3)]),
			between('va', 'VA', 'VB', [
				...columns(`ID int
					A0 int
					A1 int
					A2 int`),
				vector('B varchar(4)?', 3),
			]),
			to(
				'Out',
				'VB',
				`ID int
				A0 int
				A1 int
				A2 int
				B0 varchar(4)?
				B1 varchar(4)?
				B2 varchar(4)?`,
			),
		],
		given: { In: '1,7,8,9,x,NULL\n' },
		written: { Out: '1,7,8,9,x,NULL,NULL\n' },
	},
	'the default of the type where null is not allowed': {
		stages: [
			stage('MA', 'PxMakeVect', { name: 'A' }),
			stage('R', 'PxMakeSubRec', { subrecname: 'PAIR', name: list('name', 'A', 'C') }),
			stage('P', 'PxPromoteSubRec', { subrecname: 'PAIR' }),
		],
		links: [
			from(
				'In',
				'MA',
				`ID int
				A0 int
				A1 int
				C int`,
			),
			between('a', 'MA', 'R', [
				...columns(`ID int
					C int`),
				vector('A int', 2),
			]),
			between('r', 'R', 'P', [
				...columns('ID int'),
				...record(
					'PAIR',
					`A int
					C int`,
					{ Occurs: '2' },
				),
			]),
			to(
				'Out',
				'P',
				`ID int
				A int
				C int`,
			),
		],
		given: { In: '1,7,8,9\n' },
		written: { Out: '1,7,9\n1,8,0\n' },
	},
	// IBM, Make Subrecord: of plain columns a vector of length 1, "effectively a simple subrecord".
	'a simple sub-record of plain columns': {
		stages: [
			stage('R', 'PxMakeSubRec', { subrecname: 'WHO', name: list('name', 'NAME', 'BORN') }),
			stage('P', 'PxPromoteSubRec', { subrecname: 'WHO' }),
		],
		links: [
			from(
				'In',
				'R',
				`ID int
				NAME varchar(10)?
				BORN date`,
			),
			between('r', 'R', 'P', [
				...columns('ID int'),
				...record(
					'WHO',
					`NAME varchar(10)?
					BORN date`,
				),
			]),
			to(
				'Out',
				'P',
				`ID int
				NAME varchar(10)?
				BORN date`,
			),
		],
		given: { In: '1,Ada,1815-12-10\n2,NULL,1900-01-01\n' },
		written: { Out: '1,Ada,1815-12-10\n2,NULL,1900-01-01\n' },
	},
})

const kept = stage('Kept', 'PxDataSet', {})
const tags = columns('ID int').concat(vector('TAG varchar(5)?', 'varying'))

// Data sets hold vectors and sub-records.
subject('Data sets with vectors and sub-records', {
	'vectors of any length, and their elements': {
		stages: [kept, stage('T', 'CTransformerStage')],
		links: [
			{ ...between('kept', 'Kept', 'T', tags), outProperties: { dataset: '/data/kept.ds' } },
			to(
				'Out',
				'T',
				`ID int = kept.ID
				N int = GetVectorLength(kept.TAG)
				LAST varchar(5)? = If GetVectorLength(kept.TAG) > 0 Then ElementAt(kept.TAG, GetVectorLength(kept.TAG) - 1) Else "none"`,
			),
		],
		given: {
			Kept: [
				{ ID: 1n, TAG: makeVector(['a', null]) },
				{ ID: 2n, TAG: makeVector([]) },
				{ ID: 3n, TAG: makeVector(['x']) },
			],
		},
		written: { Out: '1,2,NULL\n2,0,none\n3,1,x\n' },
	},
	'sub-records whose fields are dates, times and decimals': {
		stages: [kept, stage('P', 'PxPromoteSubRec', { subrecname: 'FACT' })],
		links: [
			{
				...between('kept', 'Kept', 'P', [
					...columns('ID int'),
					...record(
						'FACT',
						`D date
						T time
						M decimal(7,2)?`,
						{ Occurs: '2' },
					),
				]),
				outProperties: { dataset: '/data/kept.ds' },
			},
			to(
				'Out',
				'P',
				`ID int
				D date
				T time
				M decimal(7,2)?`,
			),
		],
		given: {
			Kept: [
				{
					ID: 1n,
					FACT: makeVector([
						makeRecord({ D: makeDate(0), T: makeTime(3_600_000_000n), M: makeDecimal(1250n, 2) }),
						makeRecord({ D: makeDate(31), T: makeTime(0n), M: null }),
					]),
				},
			],
		},
		written: { Out: '1,1970-01-01,01:00:00, 00012.50\n1,1970-02-01,00:00:00,NULL\n' },
	},
})
