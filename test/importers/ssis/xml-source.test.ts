import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dtsxImporter } from '#importers/ssis/importer.ts'
import type { Job } from '#model/job.ts'
import type { ComponentSpec } from '../../support/dtsx-builder.ts'
import { dtsx } from '../../support/dtsx-builder.ts'
import { runBoth, startSpark, warmUp } from '../../support/run-flow.ts'
import { column, operator, outcome } from './component-job.ts'

const x = dtsx(8)

const xml = (own: Readonly<Record<string, string | number>> = {}): ComponentSpec => ({
	name: 'Xml',
	type: 'Microsoft.ManagedComponentHost',
	properties: {
		UserComponentTypeName: 'Microsoft.SqlServer.Dts.Pipeline.XmlSourceAdapter, Microsoft.SqlServer.XmlSrc',
		XMLData: 'C:\\in\\shop.xml',
		AccessMode: 0,
		...own,
	},
	outputs: [
		{
			id: 'order',
			name: 'order',
			properties: { RowsetID: 'shop:order' },
			columns: [
				column('o.id', 'order_Id', 'ui8'),
				column('o.no', 'number', 'i4'),
				column('o.day', 'placed', 'dbTimeStamp'),
				column('o.note', 'note', 'wstr', { length: 20 }),
				column('o.paid', 'paid', 'bool'),
			],
		},
		{
			id: 'line',
			name: 'line',
			properties: { RowsetID: 'shop:order:line' },
			columns: [column('l.amount', 'amount', 'decimal', { scale: 2 }), column('l.of', 'order_Id', 'ui8')],
		},
		{ id: 'err', attributes: { isErrorOut: 'true' } },
	],
})
const rowsOf = (name: string, lineages: readonly string[]): ComponentSpec => ({
	name,
	type: 'Microsoft.RecordsetDestination',
	properties: { VariableName: `User::${name}` },
	inputs: [
		{
			id: `${name}.in`,
			columns: lineages.map((lineage) => ({ id: `${name}.${lineage}`, lineage, name: lineage.slice(2) })),
		},
	],
})

function read(spec = xml(), document = ''): Job {
	const components = [
		spec,
		rowsOf('Orders', ['o.id', 'o.no', 'o.day', 'o.note', 'o.paid']),
		rowsOf('Lines', ['l.amount', 'l.of']),
	]
	const paths: readonly (readonly [string, string])[] = [
		['order', 'Orders.in'],
		['line', 'Lines.in'],
	]
	const flow = x.pipeline(
		components.map((one) => x.component(one)),
		paths,
	)
	const held = document.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
	const holder = `<DTS:Variable DTS:Namespace="User" DTS:ObjectName="Shop"><DTS:VariableValue DTS:DataType="8">${held}</DTS:VariableValue></DTS:Variable>`
	const variables = `<DTS:Variables>${holder}${['Orders', 'Lines'].map((name) => `<DTS:Variable DTS:Namespace="User" DTS:ObjectName="${name}"><DTS:VariableValue DTS:DataType="13"/></DTS:Variable>`).join('')}</DTS:Variables>`
	const bytes = x.package('P', variables, x.executables(x.executable('Flow', 'Microsoft.Pipeline', flow)))
	const [job] = dtsxImporter.read({ file: { path: 'p.dtsx', bytes }, companions: [] }).jobs
	if (job === undefined) throw new Error('the package was not read')
	return job
}

const held = { AccessMode: 2, XMLDataVariable: 'User::Shop' }

describe('XML Source', () => {
	it('takes the elements of one name for each output', () => {
		expect(operator(read(), 'Xml#read', 'read')).toMatchObject({
			source: { kind: 'xml', path: { text: 'C:\\in\\shop.xml' }, row: 'order' },
		})
		expect(operator(read(), 'Xml#read line', 'read').source).toMatchObject({ row: 'line' })
		expect(read().differences).toMatchObject([{ id: 'RG-D114' }])
	})

	it('takes the text of a variable, and says where nothing is in it at the start', () => {
		const job = read(xml(held), '<shop/>')
		expect(operator(job, 'Xml#read', 'read')).toMatchObject({
			source: { kind: 'xml-text', text: { expression: { kind: 'variable', name: 'User::Shop' } }, row: 'order' },
		})
		const told = ({ diagnostics }: Job) =>
			diagnostics.filter(({ code }) => code === 'stage/property').map(({ what }) => what)
		expect(told(job)).toEqual([])
		expect(told(read(xml(held)))).toEqual(['Xml reads the XML that @[User::Shop] holds, which is empty at the start.'])
	})

	it('is given up where the file or its rows are not known', () => {
		const reason = (own: Readonly<Record<string, string | number>>) => outcome(read(xml(own)), 'Xml')?.reason
		expect(reason({ AccessMode: 2 })).toBe('the variable that holds its XML is not there')
		expect(reason({ AccessMode: 3 })).toBe('its access mode 3 is not known')
		expect(reason({ XMLData: '' })).toBe('it names no file')
	})
})

const text = `<?xml version="1.0" encoding="utf-8"?>
<shop xmlns="urn:shop" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
	<order number="7" paid="true"><placed>2024-05-06T07:08:09</placed><note>é &lt; b</note>
		<line><amount>1.50</amount></line><line><amount>-2.25</amount></line></order>
	<order number="8"><placed xsi:nil="1"/><note/><paid>0</paid><line><amount/></line></order>
</shop>`
/** What the text says, as the reads of the model have it. */
const orders = [
	{ order_Id: '0', number: '7', placed: '2024-05-06T07:08:09', note: 'é < b', paid: 'true' },
	{ order_Id: '1', number: '8', placed: null, note: '', paid: '0' },
]
const lines = [
	{ amount: '1.50', order_Id: '0' },
	{ amount: '-2.25', order_Id: '0' },
	{ amount: '', order_Id: '1' },
]

describe('on Spark', () => {
	const engine = startSpark()
	beforeAll(() => warmUp(engine))
	afterAll(() => engine.close())

	it('gives the rows of the reference, and reads the same from a file', async () => {
		const given = { 'Xml#read': orders, 'Xml#read line': lines }
		const { expected, actual, script } = await runBoth(engine, read(), given)
		expect(actual, script).toEqual(expected)
		expect(actual).not.toHaveProperty('failed')
		// Texts are put where the job reads, so that its own helper reads them.
		const real = await runBoth(engine, read(), { 'Xml#read': text, 'Xml#read line': text })
		expect(real.actual).toEqual(actual)
		// Nothing stands in the way of the variable's own text, from which the job's own helper reads.
		const texts = await runBoth(engine, read(xml(held), text), {})
		expect(texts.expected).toEqual({ failed: 'Xml#read' })
		expect(texts.actual).toEqual(actual)
	})

	it('passes over a schema that stands in the data', async () => {
		const schema =
			'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="order"/><order number="no"/></xs:schema>'
		const inline = text.replace('>\n\t<order number="7"', `>${schema}\n\t<order number="7"`)
		expect(inline).toContain(schema)
		const job = read(xml({ UseInlineSchema: 'true' }))
		const { actual: plain } = await runBoth(engine, job, { 'Xml#read': orders, 'Xml#read line': lines })
		expect(plain).not.toHaveProperty('failed')
		const { actual } = await runBoth(engine, job, { 'Xml#read': inline, 'Xml#read line': inline })
		expect(actual).toEqual(plain)
	})
})
