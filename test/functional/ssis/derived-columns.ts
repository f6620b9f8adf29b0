/** Expressions of Derived Column and Conditional Split over rows of a text file. */
import type { Case, FileSpec } from '../../support/ssis-case.ts'
import { packageOf } from '../../support/ssis-case.ts'
import { derive, source, split, target } from '../../support/ssis-components.ts'
import type { Made } from '../../support/ssis-flow.ts'
import { flow } from '../../support/ssis-flow.ts'

export const text = (...lines: readonly string[]): string => lines.map((line) => `${line}\r\n`).join('')

const place = (name: string): string => `C:\\subjects\\${name}`

interface Computed {
	readonly name: string
	readonly columns: Readonly<Record<string, string>>
	readonly rows: readonly string[]
	/** New column → type and expression. */
	readonly makes: Readonly<Record<string, readonly [string, string]>>
	/** Lines of the first column and the new ones. */
	readonly gives: readonly string[]
	/** Values of the first column in rows that an error sends aside. */
	readonly aside?: readonly string[]
	readonly more?: Partial<Made>
	readonly retainNulls?: boolean
}

/** One Derived Column between two files; rows that fail go to a third. */
function computed(one: Computed): Case {
	const [key = ''] = Object.keys(one.columns)
	const load = flow('Load')
	const { rows } = source(load, 'Read', 'In', one.columns, {
		properties: { RetainNulls: String(one.retainNulls ?? true) },
	})
	const redirects = one.aside === undefined ? {} : { onError: 'RedirectRow' }
	const makings = Object.entries(one.makes).map(([column, [type, expression]]): [string, Made] => [
		column,
		{ type, expression, ...redirects, ...one.more },
	])
	const derived = derive(load, 'Compute', rows, Object.fromEntries(makings))
	const out = Object.fromEntries([key, ...Object.keys(one.makes)].map((name) => [name, name]))
	target(load, 'Write', 'Out', derived.rows, out)
	if (one.aside !== undefined) target(load, 'Aside', 'Bad', derived.errors, { [key]: key })
	const types = Object.fromEntries(makings.map(([column, { type }]) => [column, type]))
	const properties = { CodePage: 65001 }
	const files: Record<string, FileSpec> = {
		In: { path: place('in.txt'), columns: one.columns, delimiter: '|', properties },
		Out: { path: place('out.txt'), columns: { [key]: 'i4', ...types }, delimiter: '|', properties },
		...(one.aside === undefined ? {} : { Bad: { path: place('bad.txt'), columns: { [key]: 'i4' } } }),
	}
	return {
		name: one.name,
		package: packageOf({ name: one.name, files, flows: [load] }),
		inputs: { [place('in.txt')]: text(Object.keys(one.columns).join('|'), ...one.rows) },
		expected: {
			[place('out.txt')]: [Object.keys(out).join('|'), ...one.gives],
			...(one.aside === undefined ? {} : { [place('bad.txt')]: [key, ...one.aside] }),
		},
	}
}

const dates = computed({
	name: 'Parts of dates',
	columns: { Id: 'i4', D: 'dbTimeStamp' },
	rows: ['1|2024-02-29 13:45:10', '2|2023-12-31 23:59:59.997', '3|', '4|1999-01-01 00:00:00'],
	makes: {
		Y: ['i4', 'DATEPART("yy",D)'],
		Q: ['i4', 'DATEPART("Quarter",D)'],
		DayOfYear: ['i4', 'DATEPART("dy",D)'],
		Wk: ['i4', 'DATEPART("wk",D)'],
		Dw: ['i4', 'DATEPART("dw",D)'],
		Hh: ['i4', 'DATEPART("hh",D)'],
		Ms: ['i4', 'DATEPART("ms",D)'],
		M: ['i4', 'MONTH(D)'],
		Text: ['wstr(10)', '(DT_WSTR,10)(DT_DBDATE)D'],
		Key: ['i4', 'YEAR(D) * 10000 + MONTH(D) * 100 + DAY(D)'],
		Pad: ['wstr(2)', 'RIGHT("0" + (DT_WSTR,2)MONTH(D),2)'],
	},
	gives: [
		'1|2024|1|60|9|5|13|0|2|2024-02-29|20240229|02',
		'2|2023|4|365|53|1|23|997|12|2023-12-31|20231231|12',
		'3|||||||||||',
		'4|1999|1|1|1|6|0|0|1|1999-01-01|19990101|01',
	],
})

const moved = computed({
	name: 'Dates moved and compared',
	columns: { Id: 'i4', D: 'dbTimeStamp' },
	rows: ['1|2024-02-29 13:45:10', '2|2023-12-31 23:59:59.997', '3|', '4|1999-01-01 00:00:00'],
	makes: {
		NextMonth: ['dbTimeStamp', 'DATEADD("mm",1,D)'],
		YearBack: ['dbTimeStamp', 'DATEADD("yy",-1,D)'],
		Quarter: ['dbTimeStamp', 'DATEADD("qq",1,D)'],
		Minutes: ['dbTimeStamp', 'DATEADD("mi",90,D)'],
		Days: ['i4', 'DATEDIFF("dd",D,(DT_DBTIMESTAMP)"2024-03-01")'],
		Months: ['i4', 'DATEDIFF("mm",D,(DT_DBTIMESTAMP)"2024-03-01")'],
		Years: ['i4', 'DATEDIFF("yy",D,(DT_DBTIMESTAMP)"2024-03-01")'],
		Hours: ['i4', 'DATEDIFF("hh",D,(DT_DBTIMESTAMP)"2024-03-01")'],
		Weeks: ['i4', 'DATEDIFF("wk",D,(DT_DBTIMESTAMP)"2024-03-01")'],
		First: ['dbTimeStamp', 'DATEADD("dd",1 - DAY(D),(DT_DBTIMESTAMP)(DT_DBDATE)D)'],
		Day: ['dbDate', '(DT_DBDATE)D'],
		IsOld: ['bool', 'D < (DT_DBTIMESTAMP)"2020-01-01"'],
	},
	gives: [
		'1|2024-03-29 13:45:10|2023-02-28 13:45:10|2024-05-29 13:45:10|2024-02-29 15:15:10|1|1|0|11|0|2024-02-01 00:00:00|2024-02-29|False',
		'2|2024-01-31 23:59:59.997000000|2022-12-31 23:59:59.997000000|2024-03-31 23:59:59.997000000|2024-01-01 01:29:59.997000000|61|3|1|1441|8|2023-12-01 00:00:00|2023-12-31|False',
		'3||||||||||||',
		'4|1999-02-01 00:00:00|1998-01-01 00:00:00|1999-04-01 00:00:00|1999-01-01 01:30:00|9191|302|25|220584|1313|1999-01-01 00:00:00|1999-01-01|True',
	],
})

const integers = computed({
	name: 'Whole numbers',
	columns: { Id: 'i4', A: 'i4', B: 'i4', S: 'i2', U: 'ui1' },
	rows: ['1|7|2|5|3', '2|-7|2|-5|255', '3|2147483647|1|32767|0', '4|5|0|1|1', '5|||3|4', '6|-2147483648|-1|0|0'],
	makes: {
		Div: ['i4', 'A / B'],
		Mod: ['i4', 'A % B'],
		Sum: ['i4', 'A + B'],
		Long: ['i8', '(DT_I8)A * B'],
		Small: ['i2', 'S + U'],
		Bits: ['i4', 'A & 6'],
		Sign: ['i4', 'SIGN(A)'],
		Hexa: ['wstr(8)', 'HEX(A)'],
	},
	gives: ['1|3|1|9|14|8|6|1|7', '2|-3|-1|-5|-14|250|0|-1|FFFFFFF9', '5|||||7|||'],
	aside: ['3', '4', '6'],
})

const fractions = computed({
	name: 'Fractions',
	columns: { Id: 'i4', N: 'numeric(9,2)', C: 'cy', R: 'r8' },
	rows: ['1|10.05|1.5|2.5', '2|-10.05|-0.0001|-2.5', '3||||'.slice(0, 4), '4|2.67|922337203685.4775|0.125'],
	makes: {
		Twice: ['numeric(20,2)', 'N * 2'],
		Third: ['numeric(20,6)', 'N / 3'],
		Whole: ['numeric(9,2)', 'ROUND(N,1)'],
		Up: ['numeric(9,2)', 'CEILING(N)'],
		Down: ['numeric(9,2)', 'FLOOR(N)'],
		Abs: ['numeric(9,2)', 'ABS(N)'],
		Square: ['r8', 'SQUARE(R)'],
		Power: ['r8', 'POWER(R,2)'],
		Half: ['r8', 'R / 2'],
		Money: ['cy', 'C'],
	},
	gives: [
		'1|20.10|3.350000|10.10|11.00|10.00|10.05|6.25|6.25|1.25|1.5000',
		'2|-20.10|-3.350000|-10.10|-10.00|-11.00|10.05|6.25|6.25|-1.25|-.0001',
		'3||||||||||',
		'4|5.34|.890000|2.70|3.00|2.00|2.67|0.015625|0.015625|0.0625|922337203685.4775',
	],
})

const nulls = computed({
	name: 'Null in conditions',
	columns: { Id: 'i4', A: 'i4', T: 'wstr(10)' },
	rows: ['1|1|x', '2||x', '3|1|', '4||', '5|0|yy'],
	makes: {
		Choice: ['wstr(4)', 'A > 0 ? "pos" : "none"'],
		Known: ['wstr(4)', 'ISNULL(A) ? "null" : "some"'],
		Instead: ['i4', 'REPLACENULL(A,-1)'],
		TextInstead: ['wstr(10)', 'REPLACENULL(T,"?")'],
		Both: ['bool', 'A > 0 && T == "x"'],
		Either: ['bool', 'A > 0 || T == "x"'],
		Not: ['bool', '!(A == 1)'],
		Joined: ['wstr(12)', 'T + "!"'],
		Same: ['bool', 'A == A'],
		Nothing: ['i4', 'A == 0 ? NULL(DT_I4) : A'],
		Deep: ['wstr(6)', 'ISNULL(T) ? "empty" : (ISNULL(A) ? "half" : (A == 0 ? "zero" : T))'],
	},
	gives: [
		'1|pos|some|1|x|True|True|False|x!|True|1|x',
		'2||null|-1|x||True||x!|||half',
		'3|pos|some|1|?||True|False||True|1|empty',
		'4||null|-1|?|||||||empty'.replace('|||||||', '|||||||'),
		'5|none|some|0|yy|False|False|True|yy!|True||zero',
	],
})

const search = computed({
	name: 'Searching in text',
	columns: { Id: 'i4', T: 'wstr(30)' },
	rows: ['1|a,b;c', '2|,,x,,', '3|', '4|Ünï Ünï', '5|no'],
	makes: {
		First: ['wstr(30)', 'TOKEN(T,",;",1)'],
		Second: ['wstr(30)', 'TOKEN(T,",;",2)'],
		Count: ['i4', 'TOKENCOUNT(T,",;")'],
		At: ['i4', 'FINDSTRING(T,",",1)'],
		AtTwo: ['i4', 'FINDSTRING(T,"n",2)'],
		Code: ['ui2', 'CODEPOINT(T)'],
		Big: ['wstr(30)', 'UPPER(T)'],
		Cut: ['wstr(30)', 'SUBSTRING(T,2,3)'],
		Right: ['wstr(30)', 'RIGHT(T,2)'],
		Left: ['wstr(30)', 'LEFT(T,2)'],
		Rep: ['wstr(30)', 'REPLACE(T,",","--")'],
		Many: ['wstr(60)', 'REPLICATE(LEFT(T,1),3)'],
		Len: ['i4', 'LEN(T)'],
	},
	gives: [
		'1|a|b|3|2|0|97|A,B;C|,b;|;c|a,|a--b;c|aaa|5',
		'2|x||1|1|0|44|,,X,,|,x,|,,|,,|----x----|,,,|5',
		'3|||0||||||||||',
		'4|Ünï Ünï||1|0|6|220|ÜNÏ ÜNÏ|nï |nï|Ün|Ünï Ünï|ÜÜÜ|7',
		'5|no||1|0|0|110|NO|o|no|no|no|nnn|2',
	],
})

const casts = computed({
	name: 'Casts',
	columns: { Id: 'i4', T: 'str(20)' },
	rows: ['1|42', '2|-7', '3|', '4| 13 ', '5|abc', '6|3000000000', '7|2.5'],
	makes: {
		Int: ['i4', '(DT_I4)T'],
		Text: ['str(5,1252)', '(DT_STR,5,1252)T'],
		Num: ['numeric(12,3)', '(DT_NUMERIC,12,3)T'],
		Real: ['r8', '(DT_R8)T'],
		Yes: ['bool', '(DT_BOOL)(DT_I4)T'],
		Back: ['wstr(12)', '(DT_WSTR,12)(DT_NUMERIC,12,2)T'],
		BoolText: ['wstr(5)', '(DT_WSTR,5)(LEN(T) > 2)'],
		BoolNumber: ['i4', '(DT_I4)(LEN(T) == 2)'],
	},
	gives: [
		'1|42|42|42.000|42|True|42.00|False|-1',
		'2|-7|-7|-7.000|-7|True|-7.00|False|-1',
		'3||||||||',
		'4|13| 13 |13.000|13|True|13.00|True|0',
	],
	aside: ['5', '6', '7'],
})

const replaced = ((): Case => {
	const load = flow('Load')
	const columns = { Id: 'i4', Name: 'wstr(5)', Amount: 'numeric(9,2)' }
	const { rows } = source(load, 'Read', 'In', columns, { properties: { RetainNulls: 'true' } })
	const step = derive(load, 'Swap', rows, {
		Name: { type: 'wstr(5)', expression: 'TRIM(Name) + "-long"', onTruncation: 'IgnoreFailure' },
		Amount: { type: 'numeric(9,2)', expression: 'Amount / 0', onError: 'IgnoreFailure' },
		Before: { type: 'wstr(5)', expression: 'Name' },
		Old: { type: 'numeric(9,2)', expression: 'Amount' },
	})
	const again = derive(load, 'Shorten', step.rows, {
		Short: { type: 'wstr(2)', expression: 'Before', onTruncation: 'RedirectRow' },
	})
	target(load, 'Write', 'Out', again.rows, {
		Id: 'Id',
		Name: 'Name',
		Amount: 'Amount',
		Before: 'Before',
		Old: 'Old',
		Short: 'Short',
	})
	target(load, 'Aside', 'Bad', again.errors, { Id: 'Id', Before: 'Before' })
	return {
		name: 'Replaced columns, and what failures do',
		package: packageOf({
			name: 'Replace',
			files: {
				In: { path: place('in.txt'), columns },
				Out: {
					path: place('out.txt'),
					columns: {
						Id: 'i4',
						Name: 'wstr(5)',
						Amount: 'numeric(9,2)',
						Before: 'wstr(5)',
						Old: 'numeric(9,2)',
						Short: 'wstr(2)',
					},
				},
				Bad: { path: place('bad.txt'), columns: { Id: 'i4', Before: 'wstr(5)' } },
			},
			flows: [load],
		}),
		inputs: { [place('in.txt')]: text('Id,Name,Amount', '1,ab,1.50', '2, c ,0.00', '3,,', '4,abcde,7') },
		expected: {
			[place('out.txt')]: ['Id,Name,Amount,Before,Old,Short', '1,ab-lo,,ab,1.50,ab', '3,,,,,'],
			[place('bad.txt')]: ['Id,Before', '2, c ', '4,abcde'],
		},
	}
})()

const conditions = ((): Case => {
	const load = flow('Load')
	const columns = { Id: 'i4', A: 'i4', T: 'wstr(10)' }
	const { rows } = source(load, 'Read', 'In', columns, { properties: { RetainNulls: 'true' } })
	const parts = split(
		load,
		'Route',
		rows,
		{ high: 'A > 100', even: 'A % 2 == 0', named: '[T] == "x"' },
		{ onError: { high: 'RedirectRow', even: 'IgnoreFailure', named: 'IgnoreFailure' } },
	)
	const all = { Id: 'Id', A: 'A', T: 'T' }
	target(load, 'High', 'HighFile', parts.high, all)
	target(load, 'Even', 'EvenFile', parts.even, all)
	target(load, 'Named', 'NamedFile', parts.named, all)
	target(load, 'Rest', 'RestFile', parts.rest, all)
	target(load, 'Bad', 'BadFile', parts.errors, all)
	const file = (name: string): FileSpec => ({ path: place(name), columns })
	return {
		name: 'Conditions, each with a way of its own to fail',
		package: packageOf({
			name: 'Conditions',
			files: {
				In: file('in.txt'),
				HighFile: file('high.txt'),
				EvenFile: file('even.txt'),
				NamedFile: file('named.txt'),
				RestFile: file('rest.txt'),
				BadFile: file('bad.txt'),
			},
			flows: [load],
		}),
		inputs: { [place('in.txt')]: text('Id,A,T', '1,200,x', '2,4,x', '3,5,x', '4,5,y', '5,,x', '6,5,', '7,101,') },
		expected: {
			[place('high.txt')]: ['Id,A,T', '1,200,x', '7,101,'],
			[place('even.txt')]: ['Id,A,T', '2,4,x'],
			[place('named.txt')]: ['Id,A,T', '3,5,x'],
			[place('rest.txt')]: ['Id,A,T', '4,5,y', '6,5,'],
			[place('bad.txt')]: ['Id,A,T', '5,,x'],
		},
	}
})()

const nullCondition = (onError: string, expected: Partial<Case>): Case => {
	const load = flow('Load')
	const columns = { Id: 'i4', A: 'i4' }
	const { rows } = source(load, 'Read', 'In', columns, { properties: { RetainNulls: 'true' } })
	const parts = split(load, 'Route', rows, { high: 'A > 100', low: 'A < 0' }, { onError })
	const all = { Id: 'Id', A: 'A' }
	target(load, 'High', 'HighFile', parts.high, all)
	target(load, 'Rest', 'RestFile', parts.rest, all)
	const file = (name: string): FileSpec => ({ path: place(name), columns })
	return {
		name: `A condition that is null, ${onError}`,
		package: packageOf({
			name: 'NullCondition',
			files: { In: file('in.txt'), HighFile: file('high.txt'), RestFile: file('rest.txt') },
			flows: [load],
		}),
		inputs: { [place('in.txt')]: text('Id,A', '1,200', '2,', '3,5', '4,-1') },
		...expected,
	}
}

export const cases: readonly Case[] = [
	dates,
	moved,
	integers,
	fractions,
	nulls,
	search,
	casts,
	replaced,
	conditions,
	nullCondition('FailComponent', { fails: 'Route' }),
	nullCondition('IgnoreFailure', {
		expected: { [place('high.txt')]: ['Id,A', '1,200'], [place('rest.txt')]: ['Id,A', '2,', '3,5'] },
	}),
	nullCondition('RedirectRow', {
		expected: { [place('high.txt')]: ['Id,A', '1,200'], [place('rest.txt')]: ['Id,A', '3,5'] },
	}),
]
