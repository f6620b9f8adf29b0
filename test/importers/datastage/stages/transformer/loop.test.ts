import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ColumnSpec, Values } from '../../../../support/dsx-builder.ts'
import { importJob, operatorOf, outcomeOf, reads, source, target, writes } from '../../../../support/dsx-builder.ts'
import { runBoth, startSpark, warmUp } from '../../../../support/run-flow.ts'

const engine = startSpark()
beforeAll(() => warmUp(engine))
afterAll(() => engine.close())

const text = (name: string, more: Partial<ColumnSpec> = {}): ColumnSpec => ({ name, precision: 40, ...more })
const whole = (name: string, more: Partial<ColumnSpec> = {}): ColumnSpec => ({ name, sqlType: 4, ...more })
const price = (name: string, derivation?: string): ColumnSpec => ({
	name,
	sqlType: 3,
	precision: 10,
	scale: 2,
	...(derivation === undefined ? {} : { derivation }),
})

interface Variable {
	readonly name: string
	readonly expression: string
	/** ODBC code; VARCHAR(40) when absent. */
	readonly sqlType?: number
}

const variableValues = ({ name, expression, sqlType = 12 }: Variable): Values => ({
	Name: name,
	Expression: expression,
	SqlType: String(sqlType),
	Precision: sqlType === 3 ? '12' : '40',
	ColScale: sqlType === 3 ? '2' : '0',
})

/** A file → Transformer → a file, both delimited by commas without quotes. */
function transformer(options: {
	readonly input: readonly ColumnSpec[]
	readonly output: readonly ColumnSpec[]
	readonly condition?: string
	readonly variables?: readonly Variable[]
	readonly loopVariables?: readonly Variable[]
	readonly constraint?: string
}) {
	const plain = { SchemaFormat: "final_delim=end, delim=',', quote=none" }
	return importJob({
		stages: [
			source('In'),
			{
				name: 'T',
				type: 'CTransformerStage',
				collections: {
					StageVars: (options.variables ?? []).map(variableValues),
					LoopCondition:
						options.condition === undefined ? [] : [{ Name: '$LoopCondition', Expression: options.condition }],
					LoopVars: (options.loopVariables ?? []).map(variableValues),
				},
			},
			target('Out'),
		],
		links: [
			{ name: 'i', from: 'In', to: 'T', columns: options.input, outProperties: reads('/in'), outMeta: plain },
			{
				name: 'o',
				from: 'T',
				to: 'Out',
				columns: options.output,
				inProperties: writes('/out'),
				inMeta: plain,
				...(options.constraint === undefined ? {} : { out: { Constraint: options.constraint } }),
			},
		],
	})
}

/** Lines that both sides write; fails where they differ. */
async function linesOf(job: ReturnType<typeof transformer>, input: string): Promise<readonly string[]> {
	expect(outcomeOf(job, 'T')).toMatch(/^(?:exact|declared: RG-D008)/)
	const { expected, actual } = await runBoth(engine, job, { In: input }, { ordered: true })
	expect(actual).toEqual(expected)
	return 'failed' in expected ? [`failed at ${String(expected.failed)}`] : (Object.values(expected)[0] ?? [])
}

// IBM: Transformer stage, "Specifying a loop example" 1, 2 and 4.
describe('a loop of a Transformer', () => {
	it('turns columns into rows', async () => {
		const job = transformer({
			input: [text('A'), text('N1'), text('N2'), text('N3')],
			condition: '@ITERATION <= 3',
			loopVariables: [
				{
					name: 'Name',
					expression: 'If (@ITERATION = 1) Then i.N1 Else If (@ITERATION = 2) Then i.N2 Else i.N3',
				},
			],
			output: [text('A', { derivation: 'i.A' }), text('N', { derivation: 'Name' })],
		})
		expect(await linesOf(job, 'abc,Jim,Bob,Tom\n')).toEqual(['abc,Jim', 'abc,Bob', 'abc,Tom'])
	})

	it('goes through a list, and each iteration meets the constraint or not', async () => {
		const job = transformer({
			input: [text('A'), text('NAMES')],
			variables: [{ name: 'Count', expression: 'DCount(i.NAMES, "/")', sqlType: 4 }],
			condition: 'Count >= @ITERATION',
			loopVariables: [{ name: 'One', expression: 'Field(i.NAMES, "/", @ITERATION, 1)' }],
			constraint: 'One <> "Jim"',
			output: [text('A', { derivation: 'i.A' }), text('N', { derivation: 'One' })],
		})
		expect(await linesOf(job, 'abc,Jim/Bob/Tom\ndef,Ann\n')).toEqual(['abc,Bob', 'abc,Tom', 'def,Ann'])
	})

	it('leaves no row where the condition is false at once', async () => {
		const job = transformer({
			input: [text('A'), whole('N')],
			condition: '@ITERATION < i.N And i.A <> "no"',
			output: [text('A', { derivation: 'i.A' }), whole('I', { derivation: '@ITERATION' })],
		})
		expect(await linesOf(job, 'a,3\nno,3\nb,1\nc,-2\nd,2\n')).toEqual(['a,1', 'a,2', 'd,1'])
	})

	it('counts to a bound that is no whole number', async () => {
		const job = transformer({
			input: [text('A'), price('P')],
			condition: '@ITERATION <= i.P',
			output: [text('A', { derivation: 'i.A' }), whole('I', { derivation: '@ITERATION' })],
		})
		expect(await linesOf(job, 'a,2.50\nb,0.99\nc,1.00\n')).toEqual(['a,1', 'a,2', 'c,1'])
	})

	it('builds on the iteration before', async () => {
		const job = transformer({
			input: [text('A'), whole('N')],
			condition: '@ITERATION <= i.N',
			loopVariables: [{ name: 'Path', expression: 'If @ITERATION = 1 Then i.A Else Path : ">" : i.A' }],
			output: [text('P', { derivation: 'Path' })],
		})
		expect(outcomeOf(job, 'T')).toBe('exact')
		expect(await linesOf(job, 'x,2\ny,1\n')).toEqual(['x', 'x>x', 'y'])
	})

	it('gives saved rows again at the end of their group', async () => {
		const job = transformer({
			input: [whole('G'), text('A'), price('P')],
			variables: [
				{ name: 'Saved', expression: 'SaveInputRecord()', sqlType: 4 },
				{ name: 'IsBreak', expression: 'LastRowInGroup(i.G)', sqlType: 4 },
				{ name: 'Total', expression: 'If IsBreak Then Summing + i.P Else 0', sqlType: 3 },
				{ name: 'Summing', expression: 'If IsBreak Then 0 Else Summing + i.P', sqlType: 3 },
				{ name: 'Rows', expression: 'If IsBreak Then Saved Else 0', sqlType: 4 },
			],
			condition: '@ITERATION <= Rows',
			loopVariables: [{ name: 'Index', expression: 'GetSavedInputRecord()', sqlType: 4 }],
			output: [
				whole('G', { derivation: 'i.G' }),
				text('A', { derivation: 'i.A' }),
				whole('I', { derivation: 'Index' }),
				price('SHARE', '(i.P * 100) / Total'),
			],
		})
		const input = '1000,abc,100\n1000,def,20\n1000,ghi,60\n1000,jkl,20\n2000,zyx,120\n2000,wvu,110\n2000,tsr,170\n'
		const shares = (await linesOf(job, input)).map((line) => line.replaceAll(' ', '').replace(/,0+(?=\d)/, ','))
		expect(shares).toEqual([
			'1000,abc,1,50.00',
			'1000,def,2,10.00',
			'1000,ghi,3,30.00',
			'1000,jkl,4,10.00',
			'2000,zyx,1,30.00',
			'2000,wvu,2,27.50',
			'2000,tsr,3,42.50',
		])
	})
})

describe('what a Transformer knows of other rows', () => {
	it('marks the last row, and the last of each run of a key', async () => {
		const job = transformer({
			input: [whole('G'), text('A')],
			output: [
				text('A', { derivation: 'i.A' }),
				whole('G', { derivation: 'LastRowInGroup(i.G)' }),
				whole('L', { derivation: 'LastRow()' }),
			],
		})
		expect(await linesOf(job, '1,a\n1,b\n2,c\n1,d\n')).toEqual(['a,0,0', 'b,1,0', 'c,1,0', 'd,1,1'])
	})

	it('is the only partition of its job', async () => {
		const job = transformer({
			input: [text('A')],
			output: [
				text('A', { derivation: 'i.A' }),
				whole('ID', { derivation: '(@INROWNUM - 1) * @NUMPARTITIONS + @PARTITIONNUM + 1' }),
			],
		})
		expect(await linesOf(job, 'a\nb\n')).toEqual(['a,1', 'b,2'])
		expect(outcomeOf(job, 'T')).toContain('@PARTITIONNUM')
	})
})

describe('a loop that is not translated', () => {
	const refused = (condition: string, loopVariables: readonly Variable[] = []) =>
		outcomeOf(
			transformer({
				input: [text('A')],
				condition,
				loopVariables,
				output: [text('A', { derivation: 'i.A' })],
			}),
			'T',
		)

	it('ends by what it computes itself', () => {
		const rest: Variable = { name: 'Rest', expression: 'If @ITERATION = 1 Then i.A Else Rest[2, 40]' }
		expect(refused('Rest <> ""', [rest])).toMatch(/^opaque: its loop condition does not bound @ITERATION/)
	})

	it('may end by either of two conditions', () => {
		expect(refused('@ITERATION <= 3 Or i.A = "x"')).toMatch(/^opaque: its loop condition/)
	})

	it('takes rows that nothing saved', () => {
		const get: Variable = { name: 'Index', expression: 'GetSavedInputRecord()', sqlType: 4 }
		expect(refused('@ITERATION <= 3', [get])).toBe('opaque: it takes saved rows and saves none (SaveInputRecord)')
	})

	it('is seen by name, so that @ITERATION outside a loop is refused', () => {
		const job = transformer({ input: [text('A')], output: [whole('I', { derivation: '@ITERATION' })] })
		expect(outcomeOf(job, 'T')).toBe('opaque: it asks for @ITERATION and has no loop')
	})
})

describe('the model of a loop', () => {
	it('holds the bound of the condition and keeps its text', () => {
		const job = transformer({
			input: [text('A'), whole('N')],
			condition: '(@ITERATION <= i.N)',
			output: [text('A', { derivation: 'i.A' })],
		})
		expect(operatorOf(job, 'T#loop', 'repeat').times).toMatchObject({
			text: 'i.N',
			expression: { kind: 'column', name: 'N' },
		})
	})
})
