import { describe, expect, it } from 'vitest'
import { lowerBasic } from '#languages/datastage-basic/lower.ts'
import { parseRoutine } from '#languages/datastage-basic/routine-parser.ts'
import { evaluate } from '#languages/evaluate.ts'
import { isError, makeTimestamp } from '#model/values.ts'

const run = { at: makeTimestamp(0n), job: 'Load', project: 'P', host: 'h', invocation: '' }

/** The text that a call gives, or why the routine is not translated. */
function textOf(source: string, call: string, name = 'Tidy'): unknown {
	const routines = new Map([[name.toLowerCase(), parseRoutine(name, source)]])
	const { expression, diagnostics } = lowerBasic(
		call,
		{ columns: new Map(), parameters: new Map(), routines },
		'string',
	)
	if (expression.kind === 'opaque') return diagnostics[0]?.message
	const none = () => null
	const result = evaluate(expression, { column: none, parameter: none, variable: none, run })
	return isError(result) ? result.message : result
}

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
		['LOOP\nWHILE X > 0 DO\nX -= 1\nREPEAT', 'it has a LOOP, whose number of turns is not known'],
		['FOR I = 1 TO LEN(X)\nAns := I\nNEXT', 'it has a FOR whose number of turns is not known'],
		['FOR I = 1 TO 1000\nAns := I\nNEXT', 'it has a FOR of more than 60 turns'],
		['Ans = Tidy(X)', 'it calls itself'],
		['Ans = Y', 'Y is no column, variable or parameter here'],
		['X<1> = 2', 'it has the statement X, which does more than compute'],
		['Ans = (1', '`)` expected after the expression in parentheses, found the end of the line'],
	])('stay as they are where they do more than compute: %s', (body, why) =>
		expect(textOf(`FUNCTION Tidy(X)\n${body}\nRETURN(Ans)`, 'Tidy("1")')).toContain(
			`the routine Tidy is not translated: ${why}`,
		),
	)

	it('leave messages for the log out, and say so', () => {
		const body = '$INCLUDE DSINCLUDE JOBCONTROL.H\nIF X = "" THEN CALL DSLogWarn("none", "Tidy")\nAns = X'
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
