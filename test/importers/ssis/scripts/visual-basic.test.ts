/** The functions of Visual Basic, each with what Microsoft's documents say it gives, worked out by hand. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runBoth, startSpark, warmUp } from '../../../support/run-flow.ts'
import { outcome } from '../component-job.ts'
import { added, scriptJob } from './script-job.ts'

const engine = startSpark()
beforeAll(() => warmUp(engine))
afterAll(() => engine.close())

const rows = [
	{ id: 1n, name: 'a b,c' },
	{ id: 2n, name: '-12.5e1x' },
	{ id: 3n, name: '' },
	{ id: 4n, name: '2024-02-30' },
]
const columns = [added('Out', 'wstr', { length: 200 })]

/** What the script writes for each row: the texts of these expressions, one after the other; Spark gives the same. */
async function given(expressions: readonly string[], more = '', before = ''): Promise<readonly unknown[]> {
	const code = expressions.map((one) => `(${one})`).join(' & "|" & ')
	const body = `${more}
    Public Overrides Sub Input0_ProcessInputRow(ByVal Row As Input0Buffer)
        ${before}
        Row.Out = ${code}
    End Sub`
	const job = scriptJob({ language: 'vb', input: ['id', 'name'], body, columns })
	const { outcome: how, reason } = outcome(job, 'Code') ?? {}
	if (how === 'opaque') throw new Error(reason)
	const { expected, actual, script } = await runBoth(engine, job, { Src: rows })
	expect(actual, script).toEqual(expected)
	const { T = [] } = expected as { T?: readonly string[] }
	return T.map((line) => (JSON.parse(line) as { Out: unknown }).Out)
}

describe('Visual Basic', () => {
	it('finds texts in texts, counted from 1', async () => {
		const found = await given([
			'InStr(Row.name, ",")',
			'InStr(2, Row.name, "a")',
			'InStr(Row.name, CStr(Row.id))',
			'InStrRev(Row.name, "2")',
			'Microsoft.VisualBasic.Left(Row.name, 2)',
			'Strings.Right(Row.name, 1)',
			'StrReverse(Row.name)',
		])
		expect(found).toEqual(['4|0|0|0|a |c|c,b a', '0|0|3|3|-1|x|x1e5.21-', '0|0|0|0|||', '0|0|4|7|20|0|03-20-4202'])
	})

	it('takes texts apart and makes them', async () => {
		const found = await given([
			'Split(Row.name, ",")(0)',
			'UBound(Split(Row.name, ","))',
			'Join(Split(Row.name), "+")',
			'StrDup(3, "xy")',
			'"[" & Space(CInt(Row.id)) & "]"',
			'Hex(Row.id + 9)',
			'Row.id.ToString',
			'Row.id.ToString("000")',
		])
		expect(found).toEqual([
			'a b|1|a+b,c|xxx|[ ]|A|1|001',
			'-12.5e1x|0|-12.5e1x|xxx|[  ]|B|2|002',
			'|0||xxx|[   ]|C|3|003',
			'2024-02-30|0|2024-02-30|xxx|[    ]|D|4|004',
		])
	})

	it('changes letter case by words', async () => {
		const text = `"o'NEIL of the USA, " & Row.name`
		const found = await given([`StrConv(${text}, VbStrConv.ProperCase)`, 'StrConv(Row.name, VbStrConv.Uppercase)'])
		expect(found).toEqual([
			"O'neil Of The Usa, A B,C|A B,C",
			"O'neil Of The Usa, -12.5E1x|-12.5E1X",
			"O'neil Of The Usa, |",
			"O'neil Of The Usa, 2024-02-30|2024-02-30",
		])
	})

	it('knows characters by their codes in windows-1252', async () => {
		const found = await given([
			'Chr(64 + Row.id)',
			'Chr(127 + Row.id)',
			'ChrW(8364)',
			'Asc(Row.name & "€")',
			'AscW("€")',
		])
		expect(found).toEqual(['A|€|€|97|8364', 'B|\u0081|€|45|8364', 'C|‚|€|128|8364', 'D|ƒ|€|50|8364'])
	})

	it('reads numbers, and cuts them off', async () => {
		const found = await given([
			'Val(Row.name)',
			'Val("&HFF") + Val(" 1 2 .5")',
			'Fix(-2.5)',
			'Int(-2.5)',
			'Fix(Row.id / 3)',
			'IIf(Row.id > 2, "much", "little")',
			'IsDate(Row.name)',
			'Abs(2 - Row.id)',
		])
		expect(found).toEqual([
			'0|267.5|-2|-3|0|little|False|1',
			'-125|267.5|-2|-3|0|little|False|0',
			'0|267.5|-2|-3|1|much|False|1',
			'2024|267.5|-2|-3|1|much|False|2',
		])
	})

	it('computes both values of IIf, whichever is taken', async () => {
		const body = `
    Public Overrides Sub Input0_ProcessInputRow(ByVal Row As Input0Buffer)
        Dim parts As String() = Split(Row.name, ",")
        Try
            Row.Out = IIf(parts.Length > 1, parts(1), "none").ToString()
        Catch ex As Exception
            Row.Out = "failed"
        End Try
    End Sub`
		const job = scriptJob({ language: 'vb', input: ['id', 'name'], body, columns })
		const { expected, actual, script } = await runBoth(engine, job, { Src: rows })
		expect(actual, script).toEqual(expected)
		const { T = [] } = expected as { T?: readonly string[] }
		expect(T.map((line) => (JSON.parse(line) as { Out: unknown }).Out)).toEqual(['c', 'failed', 'failed', 'failed'])
	})

	it('compares by patterns', async () => {
		const found = await given([
			'Row.name Like "a*"',
			'Row.name Like "####-##-##"',
			'Row.name Like "[!a-c]*"',
			'Row.name Like "?*[a-c]"',
			'Row.name Like ""',
		])
		expect(found).toEqual([
			'True|False|False|True|False',
			'False|False|True|False|False',
			'False|False|False|False|True',
			'False|True|True|False|False',
		])
	})

	it('adds intervals and counts them', async () => {
		const before = 'Dim d As Date = DateSerial(2024, 1, 31).AddHours(Row.id * 6)'
		const found = await given(
			[
				'Format(DateAdd("m", 1, d), "yyyy-MM-dd HH")',
				'Format(DateAdd(DateInterval.WeekOfYear, -1.9, d), "yyyy-MM-dd")',
				'DateDiff("d", d, #2/2/2024#)',
				'DateDiff(DateInterval.Month, d, DateAdd("d", 1, d))',
				'DateDiff("ww", #2/3/2024#, #2/4/2024#)',
				'DateDiff("h", #2/3/2024#, d)',
			],
			'',
			before,
		)
		expect(found).toEqual([
			'2024-02-29 06|2024-01-24|1|1|1|-66',
			'2024-02-29 12|2024-01-24|1|1|1|-60',
			'2024-02-29 18|2024-01-24|1|1|1|-54',
			'2024-03-01 00|2024-01-25|1|0|1|-48',
		])
	})

	it('takes dates apart and makes them', async () => {
		const before = 'Dim d As Date = DateSerial(24, 13, Row.id)'
		const found = await given(
			[
				'Format(d, "yyyy-MM-dd")',
				'Year(d)',
				'Month(d)',
				'Day(d)',
				'Weekday(d)',
				'DatePart("q", d)',
				'DatePart("ww", d)',
				'DatePart(DateInterval.DayOfYear, d)',
				'DateDiff("yyyy", d, DateSerial(99, 1, 0))',
			],
			'',
			before,
		)
		// 1 January 2025 is a Wednesday.
		expect(found).toEqual([
			'2025-01-01|2025|1|1|4|1|1|1|-27',
			'2025-01-02|2025|1|2|5|1|1|2|-27',
			'2025-01-03|2025|1|3|6|1|1|3|-27',
			'2025-01-04|2025|1|4|7|1|1|4|-27',
		])
	})

	it('gives what a function assigns to its own name', async () => {
		const more = `    Private Function Shown(ByVal text As String) As String
        Shown = "?"
        If text = "" Then Exit Function
        Shown = Shown & text.Substring(0, 1)
    End Function`
		expect(await given(['Shown(Row.name)'], more)).toEqual(['?a', '?-', '?', '?2'])
	})

	it('makes arrays of another size', async () => {
		const before = `Dim a(1) As Integer
        a(1) = 7
        ReDim Preserve a(CInt(Row.id))
        Dim b() As String = New String() {"x", "y"}
        ReDim Preserve b(0)
        Dim c(3) As Integer
        ReDim c(1)`
		expect(await given(['a.Length', 'a(1)', 'UBound(b)', 'c.Length', 'c(1)'], '', before)).toEqual([
			'2|7|0|2|0',
			'3|7|0|2|0',
			'4|7|0|2|0',
			'5|7|0|2|0',
		])
	})

	it('reaches a shared method through a variable of its class', async () => {
		const found = await given(['day.DaysInMonth(2024, 2)', 'day.IsLeapYear(2023)'], '', 'Dim day As Date')
		expect(found[0]).toBe('29|False')
	})

	it('asks a column for its characters', async () => {
		const before = `Dim digits As String = ""
        For i As Integer = 0 To Row.name.Length - 1
            If Char.IsDigit(Row.name(i)) Then digits &= Row.name(i)
        Next`
		expect(await given(['digits'], '', before)).toEqual(['', '1251', '', '20240230'])
	})

	it('goes to a handler at the end of a method where something fails', async () => {
		const more = `    Private Function Half(ByVal text As String) As String
        On Error GoTo Failed
        Half = "half"
        Half = (CInt(text) \\ 2).ToString()
        Exit Function
Failed:
        Half = Half & "?"
    End Function`
		expect(await given(['Half(Row.name)', 'Half(CStr(Row.id * 4))'], more)).toEqual([
			'half?|2',
			'half?|4',
			'half?|6',
			'half?|8',
		])
	})

	it('goes on with the next statement where something fails', async () => {
		const before = `Dim parts As New System.Text.StringBuilder()
        On Error Resume Next
        Dim n As Integer = Integer.Parse(Row.name)
        parts.Append("a")
        n = 100 \\ (CInt(Row.id) - 2)
        On Error GoTo 0`
		expect(await given(['parts.ToString()', 'n'], '', before)).toEqual(['a|-100', 'a|0', 'a|100', 'a|50'])
	})
})
