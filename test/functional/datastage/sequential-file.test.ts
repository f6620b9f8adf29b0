import { reads } from '../../support/dsx-builder.ts'
import { from, list, stage, subject, to } from '../../support/functional-job.ts'

/** In → Out, each with its format. */
const copied = (
	columns: string,
	formats: { readonly read?: string; readonly write?: string; readonly header?: boolean },
	given: string,
	written: string,
	outColumns = columns,
) => ({
	stages: [stage('Cp', 'PxCopy')],
	links: [
		from('In', 'Cp', columns, {
			...(formats.read === undefined ? {} : { format: formats.read }),
			more: formats.header === true ? { firstLineColumnNames: 'firstLineColumnNames' } : {},
		}),
		to('Out', 'Cp', outColumns, {
			...(formats.write === undefined ? {} : { format: formats.write }),
			more: formats.header === true ? { firstLineColumnNames: 'firstLineColumnNames' } : {},
		}),
	],
	given: { In: given },
	written: { Out: written },
})

subject('Sequential File', {
	'quotes around texts may hold the delimiter; numbers with quote=none are bare': copied(
		`ID int {quote=none}
		NAME varchar(20)`,
		{ read: "final_delim=end, delim=',', quote=double", write: "final_delim=end, delim=';', quote=double" },
		'1,"Smith, John"\n2,plain\n3,""\n',
		'1;"Smith, John"\n2;"plain"\n3;""\n',
	),
	'single quotes': copied(
		`ID int {quote=none}
		NAME varchar(20)`,
		{ read: "final_delim=end, delim='|', quote=single", write: "final_delim=end, delim='|', quote=single" },
		"1|'a|b'\n2|c\n",
		"1|'a|b'\n2|'c'\n",
	),
	'the header is quoted as the record says, and skipped when read': copied(
		`ID int {quote=none}
		NAME varchar(20)`,
		{
			read: "final_delim=end, delim=',', quote=double",
			write: "final_delim=end, delim=',', quote=double",
			header: true,
		},
		'"anything","else"\n1,"a"\n',
		'"ID","NAME"\n1,"a"\n',
	),
	'a final delimiter of its own stands behind the last field': copied(
		`ID int
		NAME varchar(20)`,
		{ read: "final_delim=',', delim=',', quote=none", write: "final_delim='|', delim='|', quote=none" },
		'1,a,\n2,b,\n',
		'1|a|\n2|b|\n',
	),
	'tabs and DOS lines': copied(
		`ID int
		NAME varchar(20)`,
		{
			read: "final_delim=end, record_delim_string='\\r\\n', delim='\\t', quote=none",
			write: 'final_delim=end, delim=tab, quote=none',
		},
		'1\ta\r\n2\tb\r\n',
		'1\ta\n2\tb\n',
	),
	'a column may have a delimiter of its own': copied(
		`A varchar(5) {delim=':'}
		B varchar(5) {delim='|'}
		C varchar(5)`,
		{
			read: "final_delim=end, delim=',', quote=none",
			write: "final_delim=end, delim=',', quote=none",
		},
		'a:b|c\n',
		'a:b|c\n',
	),
	'a column may have quotes of its own': {
		...copied('A varchar(5)', {}, '"a,1",b,c\n', '"a,1",\'b\',c\n'),
		links: [
			from(
				'In',
				'Cp',
				`A varchar(5) {quote=double}
				B varchar(5)
				C varchar(5)`,
			),
			to(
				'Out',
				'Cp',
				`A varchar(5) {quote=double}
				B varchar(5) {quote=single}
				C varchar(5)`,
			),
		],
	},
	'a null field of the record, of a column, and none: an empty text stays one': copied(
		`A varchar(5)? {null_field='-'}
		B int?
		C varchar(5)?`,
		{
			read: "final_delim=end, delim=',', null_field='NULL', quote=none",
			write: "delim=',', null_field='?', quote=none",
		},
		'-,NULL,NULL\nNULL,1,\n',
		'-,?,?\nNULL,1,\n',
		`A varchar(5)? {null_field='-'}
		B int?
		C varchar(5)?`,
	),
	'the empty text as null field': copied(
		`A varchar(5)?
		B int?`,
		{ read: "delim=',', null_field='', quote=double", write: "delim=',', null_field='', quote=double" },
		',\n"x",1\n"",2\n',
		',\n"x","1"\n,"2"\n',
	),
	'a null that has no field cannot be written: the row is lost': copied(
		`A int?
		B varchar(5)`,
		{ write: "delim=',', quote=none" },
		'1,a\nNULL,b\n',
		'1,a\n',
	),
	'dates, times and timestamps in formats of the record or the column': copied(
		`D date {date_format='%dd.%mm.%yyyy'}
		E date
		T time
		S timestamp`,
		{
			read: "delim=',', date_format='%yyyy%mm%dd', time_format='%hh%nn%ss', timestamp_format='%dd/%mm/%yyyy %hh:%nn', quote=none",
			write: "delim=',', quote=none",
		},
		'31.12.2020,20210102,235959,01/02/2021 03:04\n',
		'31.12.2020,2021-01-02,23:59:59,2021-02-01 03:04:00\n',
	),
	'decimals are written with a sign, all their digits and a point': copied(
		`D decimal(7,2)
		E decimal(4,0)
		F decimal(5,2) {decimal_separator=','}`,
		{ read: "delim=';', quote=none", write: "delim=';', quote=none" },
		'1.5;7;2,5\n-12345.67;-7;-0,01\n  3  ;+4;0,00\n',
		' 00001.50; 0007.; 002,50\n-12345.67;-0007.;-000,01\n 00003.00; 0004.; 000,00\n',
	),
	// IBM: float type, Out_format: by default sprintf() makes the text, which ends no number in zeros.
	'floating-point numbers as C prints them': copied(
		`D double
		F real`,
		{},
		'1500,0.1\n-0.5,7.25\n0,0\n12345678.9,1e3\n0.0001,-1e-5\n1e15,3.4e38\n-0.0000125,16777216\n',
		'1500,0.1\n-0.5,7.25\n0,0\n12345678.9,1000\n0.0001,-1e-05\n1e+15,3.4e+38\n-1.25e-05,16777216\n',
	),
	'a record with too few or too many fields, or a value that does not convert, is left out': copied(
		`A int
		B varchar(5)`,
		{},
		'1,a\n2\n3,c,d\nx,e\n4,f\n',
		'1,a\n4,f\n',
	),
	'the default of a column stands for a field that does not convert': copied(
		`A int {default=9}
		B varchar(5)`,
		{},
		'1,a\nx,b\n,c\n',
		'1,a\n9,b\n9,c\n',
		`A int
		B varchar(5)`,
	),
	'read first rows': {
		...copied('A int', {}, '1\n2\n3\n', '1\n2\n'),
		links: [from('In', 'Cp', 'A int', { more: { first: '2' } }), to('Out', 'Cp', 'A int')],
	},
	'a column with the name of the file': {
		...copied('A varchar(3)', {}, 'a\nb\n', 'a,/data/in/In.txt\nb,/data/in/In.txt\n'),
		links: [
			from(
				'In',
				'Cp',
				`A varchar(3)
				F varchar(99)`,
				{ more: { sourceNameField: 'F' } },
			),
			to(
				'Out',
				'Cp',
				`A varchar(3)
				F varchar(99)`,
			),
		],
	},
	'microseconds of a timestamp, where the format says so': {
		...copied('A timestamp', {}, '', ''),
		links: [
			from('In', 'Cp', '', {
				columns: [
					{
						name: 'A',
						sqlType: 11,
						precision: 26,
						scale: 6,
						format: "timestamp_format='%yyyy-%mm-%dd %hh:%nn:%ss.6'",
						more: { ExtendedPrecision: '1' },
					},
				],
			}),
			to('Out', 'Cp', '', {
				columns: [
					{
						name: 'A',
						sqlType: 11,
						precision: 26,
						scale: 6,
						format: "timestamp_format='%yyyy-%mm-%dd %hh:%nn:%ss.6'",
						more: { ExtendedPrecision: '1' },
					},
				],
			}),
		],
		given: { In: '2020-01-02 03:04:05.123456\n2020-01-02 03:04:05.000007\n' },
		written: { Out: '2020-01-02 03:04:05.123456\n2020-01-02 03:04:05.000007\n' },
	},
	'a default stands for a null that cannot be written otherwise': copied(
		`A int? {default=-1}
		B varchar(5)? {default='none'}`,
		{ write: "delim=',', quote=none" },
		'1,NULL\nNULL,b\n',
		'1,none\n-1,b\n',
	),
	'a record that lacks a delimiter of its columns is left out': copied(
		`A varchar(5) {delim=':'}
		B varchar(5) {delim='|'}
		C varchar(5)`,
		{ read: "final_delim=end, delim=',', quote=none", write: "final_delim=end, delim=',', quote=none" },
		'a:b|c\na:b,c\na|b:c\n',
		'a:b|c\n',
	),
	'a header and a final delimiter': copied(
		`ID int
		NAME varchar(20)`,
		{ read: "final_delim=';', delim=';', quote=none", write: "final_delim=';', delim=';', quote=none", header: true },
		'ID;NAME\n1;a;\n2;b;\n3;c\n',
		'ID;NAME;\n1;a;\n2;b;\n',
	),
	'fixed widths': copied(
		`ID char(3)
		NAME char(6)
		N int {width=4}`,
		{ read: "delim=none, final_delim=none, record_delim='\\n', quote=none", write: "delim=',', quote=none" },
		'001John    12\n002Mary  1234\nxx\n',
		'001,John  ,12\n002,Mary  ,1234\n',
		`ID char(3)
		NAME char(6)
		N int`,
	),
	'fixed widths are written': copied(
		`ID char(3)
		NAME char(6)`,
		{ read: "delim=',', quote=none", write: "delim=none, final_delim=none, record_delim='\\n', quote=none" },
		'001,John\n002,Mary-Ann\n',
		'001John  \n002Mary-A\n',
	),
	'rows with nulls that nothing stands for go to the reject link of the target, as they came': {
		stages: [stage('C', 'PxCopy')],
		links: [
			from('In', 'C', 'A int\nB varchar(5)?\nC date?'),
			to('Out', 'C', 'A int\nB varchar(5)?\nC date?', {
				format: "delim=',', quote=none",
				more: { rejects: 'save' },
			}),
			{ ...to('Bad', 'Out', 'A int\nB varchar(5)?\nC date?'), kind: 'reject' },
		],
		given: { In: '1,a,2024-01-31\n2,NULL,2024-02-01\n3,c,NULL\n' },
		written: { Out: '1,a,2024-01-31\n', Bad: '2,NULL,2024-02-01\n3,c,NULL\n' },
	},
	'a reject link of a target that takes every row gets none': {
		stages: [stage('C', 'PxCopy')],
		links: [
			from('In', 'C', 'A int'),
			to('Out', 'C', 'A int', { more: { rejects: 'save' } }),
			{ ...to('Bad', 'Out', 'A int'), kind: 'reject' },
		],
		given: { In: '1\n' },
		written: { Out: '1\n', Bad: '' },
	},
	'several files whose malformed records are discarded': {
		stages: [stage('C', 'PxCopy')],
		links: [
			from('In', 'C', 'A int', { outProperties: { 'file ': list('file ', '/a.txt', '/b.txt'), rejects: 'continue' } }),
			to('Out', 'C', 'A int'),
		],
		given: { In: '1\nx\n', 'In#file 2': '2\n3,4\n' },
		written: { Out: '1\n2\n' },
	},
	'the reject link of a stage that discards its rejects gets none': {
		stages: [stage('C', 'PxCopy')],
		links: [
			from('In', 'C', 'A int', { outProperties: { ...reads('/a.txt'), rejects: 'continue' } }),
			{ ...to('Bad', 'In', 'rejected varchar(99)'), kind: 'reject' },
			to('Out', 'C', 'A int'),
		],
		given: { In: '1\nx\n2,3\n' },
		written: { Out: '1\n', Bad: '' },
	},
})
