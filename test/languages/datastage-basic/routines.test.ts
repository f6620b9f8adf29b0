import { describe, expect, it } from 'vitest'
import { lowerBasic } from '#languages/datastage-basic/lower.ts'
import { parseRoutine } from '#languages/datastage-basic/routine-parser.ts'
import { evaluate } from '#languages/evaluate.ts'
import { text } from '#model/types.ts'
import { isError, makeTimestamp } from '#model/values.ts'

const run = { at: makeTimestamp(0n), job: 'Load', project: 'P', host: 'h', invocation: '' }

/** The text that a call gives, or why the routine is not translated; `Value` is a column of the row. */
function textOf(source: string, call: string, value = '1'): unknown {
	const routines = new Map([['tidy', parseRoutine('Tidy', source)]])
	const columns = new Map([['Value', { name: 'Value', type: text() }]])
	const { expression, diagnostics } = lowerBasic(call, { columns, parameters: new Map(), routines }, 'string')
	if (expression.kind === 'opaque') return diagnostics[0]?.message
	const none = () => null
	const result = evaluate(expression, { column: () => value, parameter: none, variable: none, run })
	return isError(result) ? result.message : result
}

/** What the lines of a routine make of a value that only the row knows. */
const made = (lines: readonly string[], value: string): unknown =>
	textOf(['FUNCTION Tidy(X)', ...lines].join('\n'), 'Tidy(Value)', value)

const grade = `FUNCTION Tidy(Score, Bonus)
* Grades of a test; "quotes" in comments are none of our business
      Total = Score + Bonus   ;* both together
      IF Total >= 90 THEN
         Ans = 'A'
      END ELSE IF Total >= 50 THEN Ans = 'B' ; Ans := '+'
      ELSE
         Ans = 'C'
      END
      RETURN(Ans)
`

describe('routines in BASIC', () => {
	it.each([
		['Tidy(90, 0)', 'A'],
		['Tidy(49, "1")', 'B+'],
		['DSU.Tidy("none", 3)', 'C'],
	])('follow IF, ELSE IF and END: %s', (call, wanted) => expect(textOf(grade, call)).toBe(wanted))

	it.each([
		['Tidy("red")', 'stop'],
		['Tidy("green")', 'go'],
		['Tidy("blue")', 'what?'],
	])('follow CASE: %s', (call, wanted) => {
		const source = `FUNCTION Tidy(C)
BEGIN CASE
   CASE C = "red"
      Ans = "stop"
   CASE C = "green" ; Ans = "go"
   CASE @TRUE
      Ans = "what?"
END CASE
RETURN(Ans)`
		expect(textOf(source, call)).toBe(wanted)
	})

	it('leave at a RETURN, whatever stands below', () => {
		const source = 'FUNCTION Tidy(X)\nIF X = "" THEN RETURN("none")\nAns = UpCase(X)\nRETURN'
		expect(textOf(source, 'Tidy("")')).toBe('none')
		expect(textOf(source, 'Tidy("a")')).toBe('A')
	})

	it('write loops with constant bounds out', () => {
		const source = 'FUNCTION Tidy(X)\nFOR I = 3 TO 1 STEP -1\n Ans := X[I, 1]\nNEXT I\nRETURN(Ans)'
		expect(textOf(source, 'Tidy("abc")')).toBe('cba')
	})

	it.each([
		['007', '7'],
		['70', '70'],
		['0000', '0'],
	])('end a LOOP where constants say so, whatever the row holds: %s', (value, wanted) => {
		const lines = [
			'I = 1',
			'Ans = X',
			'LOOP',
			'WHILE I < 4 AND Ans[1,1] = "0" DO',
			'Ans = Ans[2, 99]',
			'I += 1',
			'REPEAT',
			'RETURN(Ans)',
		]
		expect(made(lines, value)).toBe(wanted)
	})

	it.each([
		['a1b2', '1'],
		['abcd', 'none'],
	])('leave loops by EXIT, RETURN and UNTIL: %s', (value, wanted) => {
		const lines = [
			'FOR I = 1 TO 4',
			'C = X[I, 1]',
			'IF NOT(NUM(C)) THEN CONTINUE',
			'RETURN(C)',
			'NEXT I',
			'RETURN("none")',
		]
		expect(made(lines, value)).toBe(wanted)
		const exits = [
			'Ans = "none"',
			'FOR I = 1 TO 4',
			'IF NUM(X[I, 1]) THEN',
			'Ans = X[I, 1]',
			'EXIT',
			'END',
			'NEXT I',
			'RETURN(Ans)',
		]
		expect(made(exits, value)).toBe(wanted)
		const until = [
			'I = 0',
			'LOOP',
			'I += 1',
			'UNTIL I > 4 OR NUM(X[I, 1]) DO',
			'REPEAT',
			'RETURN(IF I > 4 THEN "none" ELSE X[I, 1])',
		]
		expect(made(until, value)).toBe(wanted)
	})

	// IBM: GoSub statement, with its example in transform functions.
	it.each([
		['9', '3'],
		['-4', '-4'],
	])('go to labels and come back: %s', (value, wanted) => {
		const lines = [
			'If X > 0 Then GoSub MyRoutine',
			'Reply = X',
			'GoTo ExitFunction ;* around it',
			'MyRoutine:',
			'X = SQRT(X)',
			'Return',
			'ExitFunction:',
			'Return(Reply)',
		]
		expect(made(lines, value)).toBe(wanted)
	})

	it('go to numbers as labels, one subroutine within another', () => {
		const lines = [
			'GO SUB 100',
			'RETURN(Ans)',
			'100*',
			'Ans := "a"',
			'IF X = "1" THEN RETURN',
			'GOSUB 200:',
			'Ans := "c"',
			'RETURN',
			'200 Ans := "b"',
			'RETURN',
			'END',
		]
		expect(made(lines, '1')).toBe('a')
		expect(made(lines, '2')).toBe('abc')
	})

	// The arrays are those of IBM's DEL and INSERT pages, with `#` and `!` for the marks of fields and values.
	it.each([
		['DEL Q<2>', 'a#c!d'],
		['DEL Q<3, 1>', 'a#b#d'],
		['DEL Q<9>', 'a#b#c!d'],
		['INS "x" BEFORE Q<2>', 'a#x#b#c!d'],
		['INS "x" BEFORE Q<5>', 'a#b#c!d##x'],
		['INS "x" BEFORE Q<3, 2>', 'a#b#c!x!d'],
		['Q<2> = "x"', 'a#x#c!d'],
		['Q<1>=Q<3, 2>', 'd#b#c!d'],
		['Q<5> = "x"', 'a#b#c!d##x'],
		['Q<-1> = "x"', 'a#b#c!d#x'],
		['Q<2, -1> = "x"', 'a#b!x#c!d'],
		['Q<3, 2> := "x"', 'a#b#c!dx'],
		['Q = INSERT(Q, 1; "x")', 'x#a#b#c!d'],
		['Q = REPLACE(Q, 3, 1, 0, "x")', 'a#b#x!d'],
		['Q = DELETE(Q, 1)', 'b#c!d'],
		['GROUPSTORE "x" IN Q USING 2, -2', 'a#x'],
		['CONVERT "ab" TO "yz" IN Q', 'y#z#c!d'],
		['LOCATE "b" IN Q SETTING P THEN Q = "at ":P', 'at 2'],
		['LOCATE "x" IN Q SETTING P ELSE Q = "not before ":P', 'not before 4'],
		['LOCATE "d" IN Q<3> SETTING P THEN Q = Q<3, P>', 'd'],
		['LOCATE("a", Q; P) ELSE P = 0 ; * none\nQ = P', '1'],
	])('change elements of dynamic arrays: %s', (line, wanted) => {
		const lines = ['Q = CONVERT("#!", @FM:@VM, X)', line, 'RETURN(CONVERT(@FM:@VM, "#!", Q))']
		expect(made(lines, 'a#b#c!d')).toBe(wanted)
	})

	it('append the first element to an empty array without a mark', () =>
		expect(made(['A = ""', 'A<-1> = X', 'A<-1> = "b"', 'RETURN(DCOUNT(A, @FM):A<1>:A<2>)'], 'a')).toBe('2ab'))

	it('may call each other', () => {
		const inner = parseRoutine('Twice', 'FUNCTION Twice(X)\nAns = X : X\nRETURN(Ans)')
		const outer = parseRoutine(
			'Four',
			'FUNCTION Four(X)\nDEFFUN Twice(A) CALLING "DSU.Twice"\nAns = Twice(Twice(X))\nRETURN(Ans)',
		)
		const routines = new Map([
			['twice', inner],
			['four', outer],
		])
		const { expression } = lowerBasic('Four("z")', { columns: new Map(), parameters: new Map(), routines }, 'string')
		const none = () => null
		expect(evaluate(expression, { column: none, parameter: none, variable: none, run })).toBe('zzzz')
	})

	it.each([
		['OPENSEQ X TO F ELSE RETURN(1)', 'it has the statement OPENSEQ, which does more than compute'],
		['CALL DSSetUserStatus(X)', 'it calls DSSetUserStatus, which does more than compute'],
		['CALL @X', 'it has the statement CALL, which does more than compute'],
		['Ans = Tidy(X)', 'it calls itself'],
		['Ans = Y', 'Y is no column, variable or parameter here'],
		['X[1, 2] = 2', 'it has the statement X, which does more than compute'],
		['COMMON /Kept/ Y\nAns = Y', 'it keeps values from one call to the next (COMMON)'],
		['GOSUB Nowhere', 'it jumps to the label Nowhere, which does not stand among its outermost statements'],
		['Again:\nY = X\nGOTO Again', 'its jumps do not come to an end'],
		['GOSUB Once\nRETURN(Ans)\nOnce:\nRETURN(X)', 'it returns a value from within a GOSUB'],
		['EXIT', 'it has EXIT, WHILE or UNTIL outside of a loop'],
		['LOCATE X IN Y BY "AL" SETTING P ELSE Ans = 0', 'it has the statement LOCATE, which does more than compute'],
		['Ans = (1', '`)` expected after the expression in parentheses, found the end of the line'],
	])('stay as they are where they do more than compute: %s', (body, why) =>
		expect(textOf(`FUNCTION Tidy(X)\n${body}\nRETURN(Ans)`, 'Tidy(Value)')).toContain(
			`the routine Tidy is not translated: ${why}`,
		),
	)

	it('leave messages for the log out, and say so', () => {
		const body = '$INCLUDE DSINCLUDE JOBCONTROL.H\nCALL DSLogWarn("none", "Tidy")\nAns = X'
		const routines = new Map([['tidy', parseRoutine('Tidy', `FUNCTION Tidy(X)\n${body}\nRETURN(Ans)`)]])
		const symbols = { columns: new Map(), parameters: new Map(), routines }
		const { expression, diagnostics } = lowerBasic('Tidy("a")', symbols, 'string')
		expect(expression).toMatchObject({ kind: 'literal', value: 'a' })
		expect(diagnostics.map(({ message }) => message)).toEqual([
			'Tidy writes to the log by DSLogWarn, which is left out',
		])
	})

	it('with as many arguments as they take', () =>
		expect(textOf(grade, 'Tidy(1)')).toBe('the routine Tidy is not translated: it takes 2 arguments, not 1'))
})
