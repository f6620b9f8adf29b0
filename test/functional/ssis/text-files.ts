/** Flat files: how fields and rows end, what is skipped, what an empty field means, and how values look in a written file. */

import { dtsx } from '../../support/dtsx-builder.ts'
import type { Case, FileSpec } from '../../support/ssis-case.ts'
import { packageOf } from '../../support/ssis-case.ts'
import { derive, source, target } from '../../support/ssis-components.ts'
import { flow } from '../../support/ssis-flow.ts'
import { text } from './derived-columns.ts'

type Types = Readonly<Record<string, string>>
type File = Partial<FileSpec> & { readonly columns: Types }

interface Copy {
	readonly name: string
	readonly from: File
	readonly to?: Partial<FileSpec>
	readonly input: string
	readonly lines?: readonly string[]
	readonly bad?: readonly string[]
	readonly source?: Readonly<Record<string, string>>
	readonly target?: Readonly<Record<string, string>>
	readonly options?: Omit<Parameters<typeof source>[4], 'properties'>
	readonly format?: 2 | 3 | 6 | 8
	readonly fails?: string
	readonly ordered?: boolean
	readonly parameters?: Readonly<Record<string, string>>
}

const MANY = 'C:\\subjects\\in_*.txt'
const IN = 'C:\\subjects\\in.txt'
const OUT = 'C:\\subjects\\out.txt'
const BAD = 'C:\\subjects\\bad.txt'

/** From file to file. */
function copy(one: Copy): Case {
	const load = flow('Load', one.format)
	const { columns } = one.from
	const given = source(load, 'Read', 'In', columns, {
		properties: { RetainNulls: 'true', ...one.source },
		...one.options,
	})
	const written = one.to?.columns ?? columns
	const all = Object.fromEntries(Object.keys(written).map((name) => [name, name in columns ? name : null]))
	target(load, 'Write', 'Out', given.rows, all, { properties: { Overwrite: 'true', ...one.target } })
	if (one.bad !== undefined) target(load, 'Aside', 'Bad', given.errors, { Raw: 'Flat File Source Error Output Column' })
	const files: Record<string, FileSpec> = {
		In: { path: IN, ...one.from },
		Out: { path: OUT, columns, delimiter: '|', ...one.to },
		...(one.bad === undefined
			? {}
			: { Bad: { path: BAD, columns: { Raw: 'text' }, properties: { ColumnNamesInFirstDataRow: 'False' } } }),
	}
	return {
		name: one.name,
		package: packageOf({
			name: one.name,
			files,
			flows: [load],
			...(one.format === undefined ? {} : { format: one.format }),
		}),
		inputs: { [one.from.path ?? IN]: one.input },
		expected: { [OUT]: one.lines ?? [], ...(one.bad === undefined ? {} : { [BAD]: one.bad }) },
		...(one.fails === undefined ? {} : { fails: one.fails }),
		...(one.ordered === undefined ? {} : { ordered: one.ordered }),
	}
}

const abc: Types = { A: 'i4', B: 'str(10)', C: 'str(20)' }
const plain = { ColumnNamesInFirstDataRow: 'False' }
const widths = (...all: readonly number[]): Readonly<Record<string, Readonly<Record<string, string | number>>>> =>
	Object.fromEntries(
		all.map((width, index) => [
			'ABC'[index] ?? '',
			{ ColumnType: 'FixedWidth', ColumnDelimiter: '', ColumnWidth: width },
		]),
	)

/** A text above the rows that an expression of the data flow computes, of several lines or none. */
function headed(name: string, expression: string, properties: FileSpec['properties'], lines: readonly string[]): Case {
	const load = flow('Load')
	const columns = { A: 'i4', B: 'str(10)' }
	const given = source(load, 'Read', 'In', columns, { properties: { RetainNulls: 'true' } })
	target(load, 'Write', 'Out', given.rows, { A: 'A', B: 'B' })
	const x = dtsx(8)
	const computed = `<DTS:PropertyExpression DTS:Name="[Write].[Header]">${expression}</DTS:PropertyExpression>`
	const files = { In: { path: IN, columns }, Out: { path: OUT, columns, ...(properties && { properties }) } }

	const control = x.executables(x.executable('Load', 'Microsoft.Pipeline', load.pipeline(), computed))
	return {
		name,
		package: packageOf({ name, files, variables: [x.variable('Count', 3, '2')], control }),
		inputs: { [IN]: text('A,B', '1,a', '2,b') },
		expected: { [OUT]: lines },
		ordered: true,
	}
}

export const cases: readonly Case[] = [
	copy({
		name: 'Line breaks and delimiters inside qualified fields',
		from: { columns: abc, properties: { TextQualifier: '"' } },
		input: '"A","B","C"\r\n1,"a,b","first\r\nsecond"\r\n2,"x","say ""hi"""\r\n3,"","\r\n"\r\n4,plain,"end"\r\n',
		to: { properties: { TextQualifier: '"', ...plain } },
		target: { EscapeQualifier: 'true' },
		lines: ['"1"|"a,b"|"first', 'second"', '"2"|"x"|"say ""hi"""', '"3"||"', '"', '"4"|"plain"|"end"'],
	}),
	copy({
		name: 'Row ends that count behind the last column only',
		from: { columns: abc, properties: { AlwaysCheckForRowDelimiters: 'False' } },
		input: 'A,B,C\r\n1,x\r\ny,z\r\n2,,\r\n',
		to: { end: ';\n' },
		lines: ['A|B|C;', '1|x\r', 'y|z;', '2||;'].map((line) => line.replace('\r', '')),
	}),
	copy({
		name: 'Ragged right',
		from: { columns: abc, properties: { Format: 'RaggedRight' }, own: widths(4, 5) },
		input: text('A   B    C', '  12abc  tail of any length', '3   de   ', '4   fghijkl'),
		lines: ['A|B|C', '12|abc  |tail of any length', '3|de   |', '4|fghij|kl'],
	}),
	copy({
		name: 'Fixed width',
		from: {
			columns: { A: 'i4', B: 'str(5)', C: 'str(3)' },
			properties: { Format: 'FixedWidth', ...plain },
			own: widths(4, 5, 3),
		},
		input: '  12abc  xyz3   de   12 ',
		lines: ['A|B|C', '12|abc  |xyz', '3|de   |12 '],
	}),
	copy({
		name: 'Fixed width with row delimiters, read and written',
		from: {
			columns: { A: 'i4', B: 'str(5)', C: 'str(1)' },
			properties: { Format: 'FixedWidth' },
			own: widths(4, 5),
		},
		to: {
			columns: { B: 'str(5)', A: 'i4', C: 'str(1)' },
			properties: { Format: 'FixedWidth', ...plain },
			own: { B: widths(4, 6)['B'] ?? {}, A: widths(3)['A'] ?? {} },
		},
		input: text('A   B    ', '  12abc  ', '3   de   '),
		lines: ['abc   12 ', 'de    3  '],
	}),
	copy({
		name: 'Written ragged right',
		from: { columns: abc },
		to: { properties: { Format: 'RaggedRight', ...plain }, own: widths(4, 5) },
		input: text('A,B,C', '1,abc,xyz', '-22,,', ',hello,long tail'),
		lines: ['1   abc  xyz', '-22      ', '    hellolong tail'],
	}),
	copy({
		name: 'Lines above the header, and rows below it that are skipped',
		from: { columns: abc, properties: { HeaderRowsToSkip: 2, DataRowsToSkip: 1 } },
		input: text('Report of today', ',,', 'A,B,C', '0,skipped,row', '1,a,b', '2,c,d'),
		lines: ['A|B|C', '1|a|b', '2|c|d'],
	}),
	copy({
		name: 'Missing columns at the end of a row',
		from: { columns: abc },
		input: text('A,B,C', '1,a', '2', '3,b,c,d,e', '4,,'),
		lines: ['A|B|C', '1|a|', '2||', '3|b|c,d,e', '4||'],
	}),
	copy({
		name: 'Empty fields that are kept empty',
		from: { columns: { A: 'i4', B: 'str(10)', N: 'numeric(9,2)', D: 'dbTimeStamp', L: 'bool' } },
		source: { RetainNulls: 'false' },
		input: text('A,B,N,D,L', '1,x,1.5,2024-01-02 03:04:05,True', ',,,,'),
		lines: ['A|B|N|D|L', '1|x|1.50|2024-01-02 03:04:05|True', '0||.00|1899-12-30 00:00:00|False'],
	}),
	copy({
		name: 'Types as text',
		from: {
			columns: { B: 'bool', D: 'dbDate', T: 'dbTimeStamp', Y: 'cy', N: 'numeric(18,4)', G: 'guid', I: 'i8', U: 'ui1' },
		},
		input: text(
			'B,D,T,Y,N,G,I,U',
			'True,2024-02-29,2024-02-29 01:02:03.5,12.5,-0.5,{6f9619ff-8b86-d011-b42d-00c04fc964ff},-9223372036854775808,255',
			'false,0001-01-01,1753-01-01,-0.0001,12345678901234.5678,{00000000-0000-0000-0000-000000000000},9223372036854775807,0',
			'1,,,,,,,',
			'0,,,,,,,',
		),
		lines: [
			'B|D|T|Y|N|G|I|U',
			'True|2024-02-29|2024-02-29 01:02:03.500000000|12.5000|-.5000|{6F9619FF-8B86-D011-B42D-00C04FC964FF}|-9223372036854775808|255',
			'False|0001-01-01|1753-01-01 00:00:00|-.0001|12345678901234.5678|{00000000-0000-0000-0000-000000000000}|9223372036854775807|0',
			'True|||||||',
			'False|||||||',
		],
	}),
	copy({
		name: 'Unicode',
		from: { columns: { A: 'i4', B: 'wstr(10)' }, properties: { CodePage: 65001 } },
		to: { properties: { CodePage: 65001 } },
		input: text('A,B', '1,Ünï', '2,日本', '3,😀'),
		lines: ['A|B', '1|Ünï', '2|日本', '3|😀'],
	}),
	copy({
		name: 'Rows that end with a line feed, fields with two signs',
		from: { columns: abc, end: '\n', delimiter: '~|' },
		to: { end: '\n', delimiter: '\t' },
		input: 'A~|B~|C\n1~|a~b~|c|d\n2~|~|\n',
		lines: ['A\tB\tC', '1\ta~b\tc|d', '2\t\t'],
	}),
	copy({
		name: 'Delimiters of several kinds',
		from: { columns: abc, own: { A: { ColumnDelimiter: '_x003B_' }, B: { ColumnDelimiter: '_x003A_' } } },
		input: text('A;B:C', '1;a,b:c;d', '2;:', '3;x'),
		lines: ['A|B|C', '1|a,b|c;d', '2||', '3|x|'],
	}),
	copy({
		name: 'A column that is not qualified in a file with qualifiers',
		from: { columns: abc },
		to: { properties: { TextQualifier: "'" }, own: { A: { TextQualified: 'False' }, C: { TextQualified: 'False' } } },
		input: text('A,B,C', "1,a'b,c"),
		lines: ["'A'|'B'|'C'", "1|'a'b'|c"],
	}),
	copy({
		name: 'Text before the data',
		from: { columns: abc },
		target: { Header: 'Made by the night run' },
		input: text('A,B,C', '1,a,b'),
		lines: ['Made by the night run', 'A|B|C', '1|a|b'],
		ordered: true,
	}),
	copy({
		name: 'Text before the data, which has no header',
		from: { columns: abc },
		to: { properties: plain },
		target: { Header: 'TOP' },
		input: text('A,B,C', '1,a,b'),
		lines: ['TOP', '1|a|b'],
	}),
	headed('A computed text before the data', '"Rows: " + (DT_WSTR, 9) @[User::Count] + "\\n---"', plain, [
		'Rows: 2',
		'---',
		'1,a',
		'2,b',
	]),
	headed('A computed text before the header that is empty', '@[User::Count] &gt; 5 ? "many" : ""', {}, [
		'A,B',
		'1,a',
		'2,b',
	]),
	copy({
		name: 'Columns that the file has and nothing feeds',
		from: { columns: abc },
		to: { columns: { A: 'i4', Z: 'str(3)', B: 'str(10)' } },
		input: text('A,B,C', '1,a,b'),
		lines: ['A|Z|B', '1||a'],
	}),
	copy({
		name: 'Fast parsing of dates and numbers',
		from: { columns: { A: 'i4', D: 'dbDate', T: 'dbTimeStamp' } },
		options: { fastParse: true, onError: 'RedirectRow' },
		input: text(
			'A,D,T',
			' 12 ,20240229,2024-02-29T01:02:03',
			'-3,2024-03,2024',
			'5,2/29/2024,2024-02-29',
			'$6,2024,2024',
		),
		lines: ['A|D|T', '12|2024-02-29|2024-02-29 01:02:03', '-3|2024-03-01|2024-01-01 00:00:00'],
		bad: ['5,2/29/2024,2024-02-29', '$6,2024,2024'],
	}),
	copy({
		name: 'Dates and numbers of the locale',
		from: { columns: { A: 'i4', D: 'dbTimeStamp', N: 'numeric(9,2)', Y: 'cy' }, delimiter: ';' },
		options: { onError: 'RedirectRow' },
		input: text('A;D;N;Y', '1,234;2/29/2024;1,234.50;$5.25', '-5;2/29/2024 1:02:00 PM;.5;-3', '8;2024-02-30;1;1'),
		lines: ['A|D|N|Y', '1234|2024-02-29 00:00:00|1234.50|5.2500', '-5|2024-02-29 13:02:00|.50|-3.0000'],
		bad: ['8;2024-02-30;1;1'],
	}),
	copy({
		name: 'Texts too long, cut where that is ignored',
		from: { columns: { A: 'i4', B: 'str(3)' } },
		options: { onTruncation: 'IgnoreFailure', onError: 'IgnoreFailure' },
		input: text('A,B', '1,abcdef', 'x,ab'),
		lines: ['A|B', '1|abc', '|ab'],
	}),
	copy({
		name: 'A text too long',
		from: { columns: { A: 'i4', B: 'str(3)' } },
		input: text('A,B', '1,abcdef'),
		fails: 'Read',
	}),
	copy({
		name: 'An empty line, and a file without a last line end',
		from: { columns: abc },
		input: 'A,B,C\r\n1,a,b\r\n\r\n2,c,d',
		lines: ['A|B|C', '1|a|b', '||', '2|c|d'],
	}),
	copy({
		name: 'The name of the file as a column',
		from: { columns: { A: 'i4' } },
		source: { FileNameColumnName: 'F' },
		input: text('A', '1'),
		lines: ['A', '1'],
	}),
	copy({
		name: 'Files that fit a pattern',
		from: { columns: abc, path: MANY, type: 'MULTIFLATFILE', properties: { HeaderRowsToSkip: 1 } },
		input: text('Report', 'A,B,C', '1,a,b', '2,c,d'),
		lines: ['A|B|C', '1|a|b', '2|c|d'],
	}),
	copy({
		name: 'Format 2',
		format: 2,
		from: { columns: abc, properties: { ColumnNamesInFirstDataRow: '-1', TextQualifier: '"' } },
		to: { properties: { ColumnNamesInFirstDataRow: '-1' } },
		input: text('A,B,C', '1,"a,x",b'),
		lines: ['A|B|C', '1|a,x|b'],
	}),
]
void derive
