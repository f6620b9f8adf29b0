/** What scripts behind error outputs ask their component: what happened, and to which column. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ComponentSpec } from '../../../support/dtsx-builder.ts'
import { runBoth, startSpark, warmUp } from '../../../support/run-flow.ts'
import { column, errorColumns, job, outcome } from '../component-job.ts'
import { added, scriptComponent, table } from './script-job.ts'

const engine = startSpark()
beforeAll(() => warmUp(engine))
afterAll(() => engine.close())

/** Names that are no numbers go to the error output. */
const convert: ComponentSpec = {
	name: 'Convert',
	type: 'Microsoft.DataConvert',
	inputs: [{ id: 'v.in', columns: [{ id: 'v.in.name', name: 'name', lineage: 's.name' }] }],
	outputs: [
		{
			id: 'v.out',
			name: 'Converted',
			attributes: { synchronousInputId: 'v.in', exclusionGroup: 1 },
			columns: [
				column(
					'v.amount',
					'amount',
					'i4',
					{ errorRowDisposition: 'RedirectRow', truncationRowDisposition: 'FailComponent' },
					{ SourceInputColumnLineageID: '#{s.name}' },
				),
			],
		},
		{
			id: 'v.err',
			name: 'Errors',
			attributes: { synchronousInputId: 'v.in', exclusionGroup: 1, isErrorOut: 'true' },
			columns: [...errorColumns('v.err')],
		},
	],
}

function explained(body: string, language: 'csharp' | 'vb') {
	const code = scriptComponent({
		language,
		body,
		input: ['id'],
		columns: [added('Where', 'wstr', { length: 100 })],
	})
	const [input] = code.inputs ?? []
	const asked = { id: 'c.in.column', name: 'ErrorColumn', lineage: 'v.err.column' }
	const whole = {
		...code,
		inputs: [{ ...input, id: 'c.in', name: 'Input 0', columns: [...(input?.columns ?? []), asked] }],
	}
	return job(
		[convert, whole, table('T', { 's.id': { dataType: 'i4' }, 'c.Where': { dataType: 'wstr', length: 100 } })],
		[
			['src', 'v.in'],
			['v.err', 'c.in'],
			['c.out', 'T.in'],
		],
	)
}

const csharp = `public override void Input0_ProcessInputRow(Input0Buffer Row)
{
    var metadata = this.ComponentMetaData as IDTSComponentMetaData130;
    if (metadata != null)
    {
        if (Row.ErrorColumn == 0) { Row.Where = "no column"; }
        else { Row.Where = metadata.GetIdentificationStringByID(Row.ErrorColumn); }
    }
}`
const vb = `Public Overrides Sub Input0_ProcessInputRow(ByVal Row As Input0Buffer)
    Dim metadata = TryCast(Me.ComponentMetaData, IDTSComponentMetaData130)
    If metadata IsNot Nothing Then
        If Row.ErrorColumn = 0 Then
            Row.Where = "no column"
        Else If Row.ErrorColumn = -1 Then
            Row.Where = "a table lock"
        Else
            Row.Where = metadata.GetIdentificationStringByID(Row.ErrorColumn)
        End If
    End If
End Sub`

describe('the place of a column that an error is about', () => {
	it.each([
		['csharp', csharp],
		['vb', vb],
	] as const)('is told as messages of the old engine name it (%s)', async (language, body) => {
		const read = explained(body, language)
		expect(outcome(read, 'Code')).toMatchObject({ outcome: 'exact' })
		const Src = ['12', 'x', '7'].map((name, index) => ({ id: BigInt(index + 1), name }))
		const { expected, actual, script } = await runBoth(engine, read, { Src })
		expect(actual, script).toEqual(expected)
		const { T = [] } = expected as { T?: readonly string[] }
		expect(T.map((line) => JSON.parse(line) as unknown)).toEqual([
			expect.objectContaining({ Where: 'Convert.Outputs[Converted].Columns[amount]' }),
		])
	})
})
