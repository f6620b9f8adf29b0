import type { PackedOption } from '../../support/dsx-builder.ts'
import { packed } from '../../support/dsx-builder.ts'
import { from, list, stage, subject, to } from '../../support/functional-job.ts'

const columns = `K varchar(5)?
	N int?`
const sorted = (
	properties: Record<string, string>,
	written: string,
	out = columns,
	given = 'b,2\na,1\nNULL,5\nB,3\na,NULL\nb,1\n',
) => ({
	stages: [stage('S', 'PxSort', properties)],
	links: [from('In', 'S', columns), to('Out', 'S', out)],
	given: { In: given },
	written: { Out: written },
	ordered: true,
})

subject('Sort', {
	'ascending, nulls first, capitals before small letters, stable': sorted(
		{ operator: 'tsort', key: list('key', 'K'), stable: 'stable' },
		'NULL,5\nB,3\na,1\na,NULL\nb,2\nb,1\n',
	),
	'descending, nulls last, without letter case': sorted(
		{
			operator: 'tsort',
			key: packed(
				['key', 'K', ['asc\\desc', 'desc'], ['nulls', 'last'], ['ci\\cs', 'ci']],
				['key', 'N', ['asc\\desc', 'asc']],
			),
		},
		'b,1\nb,2\nB,3\na,NULL\na,1\nNULL,5\n',
	),
	'one row for each key': sorted(
		{ key: list('key', 'K'), unique: 'unique', stable: 'stable' },
		'NULL,5\nB,3\na,1\nb,2\n',
	),
	'a key change column': sorted(
		{ key: list('key', 'K'), flagKey: 'flagKey', stable: 'stable' },
		'NULL,5,1\nB,3,1\na,1,1\na,NULL,0\nb,2,1\nb,1,0\n',
		`${columns}
		keyChange int`,
	),
	'a cluster key change column, for rows that are grouped already': sorted(
		{
			key: packed(['key', 'K', ['sorted\\clustered', 'clustered']], ['key', 'N']),
			flagCluster: 'flagCluster',
			stable: 'stable',
		},
		'b,1,1\nb,2,0\nNULL,5,1\na,NULL,1\na,1,0\n',
		`${columns}
		clusterKeyChange int`,
		'b,2\nb,1\nNULL,5\na,1\na,NULL\n',
	),
})

const once = (properties: Record<string, string>, inMeta: Record<string, string>, written: string) => ({
	stages: [stage('R', 'PxRemDup', properties)],
	links: [from('In', 'R', columns, { inMeta }), to('Out', 'R', columns)],
	given: { In: 'b,2\na,1\nb,1\nB,3\na,0\nNULL,1\nNULL,2\n' },
	written: { Out: written },
})

subject('Remove Duplicates', {
	'the first row of each key, as the link sorts them': once(
		{ key: list('key', 'K'), keep: 'first' },
		{ 'Part/Col': 'hash -key K -cs', Sort: 'tsort -key K -cs -asc -key N -asc', SortAdv: '' },
		'NULL,1\nB,3\na,0\nb,1\n',
	),
	'the last row of each key': once(
		{ key: list('key', 'K'), keep: 'last' },
		{ 'Part/Col': 'hash -key K -cs', Sort: 'tsort -key K -cs -asc -key N -asc', SortAdv: '' },
		'NULL,2\nB,3\na,1\nb,2\n',
	),
	'without letter case': once(
		{ key: packed(['key', 'K', ['ci\\cs', 'ci']]), keep: 'last' },
		{ 'Part/Col': 'hash -key K -ci', Sort: 'tsort -key K -ci -asc -key N -asc', SortAdv: '' },
		'NULL,2\na,1\nB,3\n',
	),
	'a link that is sorted and unique keeps one row of each key': {
		stages: [stage('C', 'PxCopy')],
		links: [
			from('In', 'C', columns, {
				inMeta: { 'Part/Col': 'hash -key K -cs', Sort: 'tsort -key K -cs -desc', SortAdv: '-unique' },
			}),
			to('Out', 'C', columns),
		],
		given: { In: 'b,2\na,1\nb,1\nNULL,3\n' },
		written: { Out: 'b,2\na,1\nNULL,3\n' },
	},
})

const numbers = `G varchar(5)?
	V decimal(7,2)?
	I int?
	W double
	D date?
	S varchar(9)?`
const figures = (properties: Record<string, string>, out: string, written: string) => ({
	stages: [stage('A', 'PxAggregator', { method: 'hash', selection: 'reduce', ...properties })],
	links: [from('In', 'A', numbers), to('Out', 'A', out)],
	given: {
		In: 'a,1.50,1,1,2020-01-02,x\na,2.50,3,3,2019-05-05,z\na,NULL,NULL,2,NULL,NULL\nb,NULL,NULL,1,NULL,NULL\nNULL,4.00,4,1,2020-02-02,y\n',
	},
	written: { Out: written },
})
const reduce = (column: string, ...results: readonly PackedOption[]) => packed(['reduce', column, ...results])

subject('Aggregator', {
	'numbers: sums and the rest are doubles; nulls are left out; a group of nulls gives 0': figures(
		{
			key: list('key', 'G'),
			reduce: reduce(
				'V',
				['sum', 'SUMV'],
				['min', 'MINV'],
				['max', 'MAXV'],
				['mean', 'AVGV'],
				['count', 'N'],
				['missing', 'M'],
				['range', 'R'],
			),
			nul_res: ' ',
		},
		`G varchar(5)?
		SUMV double
		MINV double
		MAXV double
		AVGV double
		N int
		M int
		R double`,
		'a,4,1.5,2.5,2,2,1,1\nb,0,0,0,0,0,1,0\nNULL,4,4,4,4,1,0,0\n',
	),
	'null output allowed': figures(
		{ key: list('key', 'G'), reduce: reduce('V', ['sum', 'SUMV'], ['mean', 'AVGV']), nul_res: 'nul_res' },
		`G varchar(5)?
		SUMV decimal(9,2)?
		AVGV double?`,
		'a, 0000004.00,2\nb,NULL,NULL\nNULL, 0000004.00,4\n',
	),
	'types are preserved where the property says so': figures(
		{
			key: list('key', 'G'),
			reduce: packed(
				['reduce', 'D', ['min', 'FIRSTD'], ['max', 'LASTD'], ['preserveType', 'preserveType']],
				['reduce', 'S', ['max', 'TOP'], ['preserveType', 'preserveType']],
			),
			nul_res: 'nul_res',
		},
		`G varchar(5)?
		FIRSTD date?
		LASTD date?
		TOP varchar(9)?`,
		'a,2019-05-05,2020-01-02,z\nb,NULL,NULL,NULL\nNULL,2020-02-02,2020-02-02,y\n',
	),
	'spread: variance divides by n - 1, standard error by the root of n': figures(
		{
			key: list('key', 'G'),
			reduce: reduce(
				'I',
				['var', 'VARI'],
				['std', 'STDI'],
				['ste', 'STEI'],
				['css', 'CSSI'],
				['uss', 'USSI'],
				['cv', 'CVI'],
			),
		},
		`G varchar(5)?
		VARI double
		STDI double
		STEI double
		CSSI double
		USSI double
		CVI double`,
		'a,2,1.4142135623730951,1,2,10,70.71067811865476\nb,0,0,0,0,0,0\nNULL,0,0,0,0,16,0\n',
	),
	'rows are counted, whatever they hold': figures(
		{ key: list('key', 'G'), selection: 'count', countField: list('countField', 'N') },
		`G varchar(5)?
		N int`,
		'a,3\nb,1\nNULL,1\n',
	),
	'without letter case, sorted method': {
		stages: [
			stage('A', 'PxAggregator', {
				method: 'sort',
				key: packed(['key', 'G', ['ci\\cs', 'ci']]),
				selection: 'count',
				countField: list('countField', 'N'),
			}),
		],
		links: [from('In', 'A', 'G varchar(5)'), to('Out', 'A', 'N int')],
		given: { In: 'a\nA\nb\n' },
		written: { Out: '2\n1\n' },
	},
	'a value that counts as missing': figures(
		{ key: list('key', 'G'), reduce: packed(['reduce', 'I', ['sum', 'T'], ['missing', 'M'], ['mval', '3']]) },
		`G varchar(5)?
		T double
		M int`,
		'a,1,2\nb,0,1\nNULL,4,0\n',
	),
	'decimal output': figures(
		{ key: list('key', 'G'), reduce: packed(['reduce', 'V', ['sum', 'T'], ['decimal', '10,3']]) },
		`G varchar(5)?
		T decimal(10,3)`,
		'a, 0000004.000\nb, 0000000.000\nNULL, 0000004.000\n',
	),
	'decimals by default': figures(
		{ key: list('key', 'G'), reduce: packed(['reduce', 'V', ['sum', 'T'], ['mean', 'A']]), defaultToDecimal: '8,2' },
		`G varchar(5)?
		T decimal(8,2)
		A decimal(8,2)`,
		'a, 000004.00, 000002.00\nb, 000000.00, 000000.00\nNULL, 000004.00, 000004.00\n',
	),
	'decimal output of one result, several missing values': figures(
		{
			key: list('key', 'G'),
			reduce: reduce('I', ['sum', 'T', ['decimal', '10,3']], ['max', 'L'], ['mval', '3'], ['mval', '4.0']),
		},
		`G varchar(5)?
		T decimal(10,3)
		L double`,
		'a, 0000001.000,1\nb, 0000000.000,0\nNULL, 0000000.000,0\n',
	),
	'variance of all values, by its divisor': figures(
		{ key: list('key', 'G'), reduce: reduce('I', ['var', 'P', ['vardiv', 'n']], ['std', 'S']) },
		`G varchar(5)?
		P double
		S double`,
		'a,1,1.4142135623730951\nb,0,0\nNULL,0,0\n',
	),
	'weights: each value counts as often as they say': figures(
		{
			key: list('key', 'G'),
			reduce: reduce('V', ['sum', 'T'], ['mean', 'A'], ['sumw', 'N'], ['uss', 'U'], ['max', 'L'], ['weightField', 'W']),
		},
		`G varchar(5)?
		T double
		A double
		N double
		U double
		L double`,
		'a,9,2.25,4,21,2.5\nb,0,0,0,0,0\nNULL,4,4,1,16,4\n',
	),
	'rows weigh, too; a result under another name is known by its derivation': figures(
		{ key: list('key', 'G'), selection: 'count', countField: packed(['countField', 'N', ['weightField', 'W']]) },
		`G varchar(5)?
		HEAVY int = RecCount()`,
		'a,6\nb,1\nNULL,1\n',
	),
	'without keys: one group': figures({ reduce: packed(['reduce', 'V', ['sum', 'T']]) }, `T double`, '8\n'),
})
