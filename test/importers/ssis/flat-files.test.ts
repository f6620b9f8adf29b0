import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dtsxImporter } from '#importers/ssis/importer.ts'
import type { Job } from '#model/job.ts'
import type { ComponentSpec } from '../../support/dtsx-builder.ts'
import { proveJob } from '../../support/prove-job.ts'
import { runBoth, startSpark, warmUp } from '../../support/run-flow.ts'
import { column, outcome, x } from './component-job.ts'

const engine = startSpark()
beforeAll(() => warmUp(engine))
afterAll(() => engine.close())

interface FieldSpec {
	readonly name: string
	readonly delimiter?: string
	readonly width?: number
}

function file(name: string, fields: readonly FieldSpec[], given: Record<string, string> = {}): string {
	const { place = `C:\\${name}.txt`, type = 'FLATFILE', computed = '', ...properties } = given
	const columns = fields.map(({ name: field, delimiter = '', width }) =>
		x.element('FlatFileColumn', {
			ColumnType: width === undefined ? 'Delimited' : 'FixedWidth',
			ColumnDelimiter: delimiter,
			...(width === undefined ? {} : { ColumnWidth: width }),
			MaximumWidth: 50,
			DataType: 129,
			ObjectName: field,
		}),
	)
	const settings = {
		Format: 'Delimited',
		CodePage: 1252,
		TextQualifier: '_x003C_none_x003E_',
		...properties,
		ConnectionString: place,
	}
	const inner = `<DTS:FlatFileColumns>${columns.join('')}</DTS:FlatFileColumns>`
	const data = `${computed}<DTS:ObjectData>${x.element('ConnectionManager', settings, inner)}</DTS:ObjectData>`
	return x.element('ConnectionManager', { ObjectName: name, DTSID: `{${name}}`, CreationName: type }, data)
}

/** Reads file `In` and writes the same columns to file `Out`; `fileName` calls one that has the name of the file. */
function copy(
	fields: readonly FieldSpec[],
	out: readonly FieldSpec[],
	{ fileName = '', ...input }: Record<string, string> = {},
	output = {},
	read = fields.map(({ name }) =>
		column(`r.${name}`, name, 'wstr', { length: 50, externalMetadataColumnId: `x.${name}` }),
	),
): Job {
	const from: ComponentSpec = {
		name: 'Read',
		type: 'Microsoft.FlatFileSource',
		properties: { FileNameColumnName: fileName },
		connections: ['{IN}'],
		outputs: [
			{
				id: 'r',
				columns: [...read, ...(fileName === '' ? [] : [column(`r.${fileName}`, fileName, 'wstr', { length: 260 })])],
				external: fields.map(({ name }) => ({ id: `x.${name}`, name })),
			},
		],
	}
	const to: ComponentSpec = {
		name: 'Write',
		type: 'Microsoft.FlatFileDestination',
		connections: ['{OUT}'],
		inputs: [
			{
				id: 'w',
				columns: out.map(({ name }) => ({
					id: `w.${name}`,
					lineage: `r.${name}`,
					name,
					attributes: { externalMetadataColumnId: `y.${name}` },
				})),
				external: out.map(({ name }) => ({ id: `y.${name}`, name })),
			},
		],
	}
	const managers = `<DTS:ConnectionManagers>${file('IN', fields, input)}${file('OUT', out, output)}</DTS:ConnectionManagers>`
	const flow = x.pipeline(
		[from, to].map((one) => x.component(one)),
		[['r', 'w']],
	)
	const bytes = x.package('P', managers, x.executables(x.executable('Flow', 'Microsoft.Pipeline', flow)))
	const [job] = dtsxImporter.read({ file: { path: 'p.dtsx', bytes }, companions: [] }).jobs
	if (job === undefined) throw new Error('no job was read')
	return job
}

async function written(job: Job, text: string) {
	expect(job.accounting.filter((item) => item.outcome === 'opaque')).toEqual([])
	const { expected, actual, script } = await runBoth(engine, job, { 'Read#read': text })
	expect(actual, script).toEqual(expected)
	return actual
}

const end = '_x000D__x000A_'
const plain = (names: string): readonly FieldSpec[] =>
	Array.from(names, (name, index) => ({ name, delimiter: index === names.length - 1 ? end : '|' }))

describe('the locale of a flat file', () => {
	/** Reads two columns of the given type and writes them as texts. */
	const typed = (dataType: string, locale: string, given: Record<string, string> = {}): Job => {
		const fields = plain('ab')
		const columns = fields.map(({ name }) =>
			column(`r.${name}`, name, dataType, { ...given, externalMetadataColumnId: `x.${name}` }),
		)
		return copy(fields, fields, { LocaleID: locale, CodePage: '65001' }, {}, columns)
	}

	it('says what comes first in a date, and which sign is before the decimals', async () => {
		expect(await written(typed('dbDate', '2057'), '03/04/2020|2020-12-31\r\n')).toEqual({
			Write: ['2020-04-03|2020-12-31'],
		})
		expect(await written(typed('r8', '3082'), '1.234,5|-0,25\r\n')).toEqual({ Write: ['1234.5|-0.25'] })
		expect(await written(typed('numeric', '1036', { precision: '10', scale: '2' }), '1\u00a0234,5|7\r\n')).toEqual({
			Write: ['1234.50|7.00'],
		})
	})

	it('is declared where nobody says how it spells', () => {
		const unknown = typed('dbDate', '1041').differences
		expect(unknown).toMatchObject([{ id: 'RG-D195', element: expect.stringContaining('Read') as string }])
		expect(typed('i4', '1041').differences).toEqual([])
	})
})

describe('flat files', () => {
	it('with several delimiters are read and written, whatever is missing at the end of a row', async () => {
		const mixed = [
			{ name: 'a', delimiter: ',' },
			{ name: 'b', delimiter: '_x0009_' },
			{ name: 'c', delimiter: end },
		]
		const text = '1,two, three\tfour\tfive\r\n6,7\r\n8\r\n\r\n"9,10",11\t\r\n'
		expect(await written(copy(mixed, plain('abc')), text)).toEqual({
			Write: ['"9|10",11|', '1|two, three|four\tfive', '6|7|', '8||', '||'],
		})
		expect(await written(copy(plain('abc'), mixed), '1|2|3\r\n4||\r\n')).toEqual({ Write: ['1,2\t3', '4,\t'] })
	})

	it('may have any text between fields and rows', async () => {
		const odd = [
			{ name: 'a', delimiter: '_x0022__x002C__x0022_' },
			{ name: 'b', delimiter: '_x0022__x000D__x000A_' },
		]
		expect(await written(copy(odd, plain('ab')), '1","2"\r\n3","4"\r\n')).toEqual({ Write: ['1|2', '3|4'] })
		expect(await written(copy(plain('ab'), odd), '1|2\r\n')).toEqual({ Write: ['1","2'] })
	})

	it('ragged right: columns of fixed width, and a last one that ends with the row', async () => {
		const ragged = [
			{ name: 'a', width: 3 },
			{ name: 'b', width: 2 },
			{ name: 'c', delimiter: end },
		]
		const job = copy(ragged, plain('abc'), { Format: 'RaggedRight' })
		expect(await written(job, 'abcde and the rest\r\nab\r\nabcde\r\nvwxyz!\r\n')).toEqual({
			Write: ['abc|de|', 'abc|de| and the rest', 'ab||', 'vwx|yz|!'],
		})
		const back = copy(plain('abc'), ragged, {}, { Format: 'RaggedRight' })
		expect(await written(back, 'x|y|z\r\n||\r\nabc|de|more\r\n')).toEqual({ Write: ['     ', 'abcdemore', 'x  y z'] })
		const { expected, actual } = await runBoth(engine, back, { 'Read#read': 'abcd|y|z\r\n' })
		for (const one of [expected, actual]) expect(one).toEqual({ failed: expect.stringContaining('Write') })
	})

	it('of fixed width have rows without any sign between them', async () => {
		const fixed = [
			{ name: 'a', width: 2 },
			{ name: 'b', width: 3 },
			{ name: 'rest', width: 2 },
		]
		const job = copy(fixed, plain('ab'), { Format: 'FixedWidth' })
		expect(await written(job, 'aabbb\r\nccddd\r\nee')).toEqual({ Write: ['aa|bbb', 'cc|ddd', 'ee|'] })
		const headed = copy(fixed, plain('ab'), { Format: 'FixedWidth', ColumnNamesInFirstDataRow: 'True' })
		expect(outcome(headed, 'Read')?.reason).toContain('some of them are skipped')
		const target = copy(plain('ab'), fixed.slice(0, 2), {}, { Format: 'FixedWidth' })
		expect(outcome(target, 'Write')?.reason).toContain('without any sign between them')
	})

	it('are refused where widths count bytes of wide characters, or nothing ends a column', () => {
		const ragged = [
			{ name: 'a', width: 3 },
			{ name: 'b', delimiter: end },
		]
		const wide = copy(ragged, plain('ab'), { Format: 'RaggedRight', CodePage: '65001' })
		expect(outcome(wide, 'Read')?.reason).toContain('65001')
		const open = copy([{ name: 'a' }, { name: 'b', delimiter: ';' }, { name: 'c', delimiter: end }], plain('abc'))
		expect(outcome(open, 'Read')?.reason).toContain('where its column a ends')
	})

	it('are refused where what is skipped at the top ends with another sign, not where nothing is skipped', () => {
		const top = { HeaderRowDelimiter: ';', HeaderRowsToSkip: '1' }
		expect(outcome(copy(plain('ab'), plain('ab'), top), 'Read')?.reason).toContain('end with another delimiter')
		const none = copy(plain('ab'), plain('ab'), { ...top, HeaderRowsToSkip: '0' })
		expect(outcome(none, 'Read')).toMatchObject({ outcome: 'exact' })
	})

	it('are refused where an expression sets what their connection manager says of their form', () => {
		const computed = '<DTS:PropertyExpression DTS:Name="HeaderRowsToSkip">1 + 1</DTS:PropertyExpression>'
		expect(outcome(copy(plain('ab'), plain('ab'), { computed }), 'Read')?.reason).toContain('sets HeaderRowsToSkip')
		const harmless = computed.replace('HeaderRowsToSkip', 'DelayValidation')
		expect(outcome(copy(plain('ab'), plain('ab'), { computed: harmless }), 'Read')).toMatchObject({ outcome: 'exact' })
	})

	const several = (place: string, properties = {}): Job =>
		copy(plain('ab'), plain('ab'), { place, type: 'MULTIFLATFILE', ...properties })

	it('of several files are those that fit a pattern', async () => {
		const job = several('C:\\in\\*.txt')
		expect(job.differences).toMatchObject([{ id: 'RG-D152' }])
		expect(await written(job, '1|2\r\n')).toEqual({ Write: ['1|2'] })
	})

	it('of a list follow each other, each with its own top and header', async () => {
		const job = several('C:\\b.txt| C:\\in\\*.txt|', { HeaderRowsToSkip: '1', ColumnNamesInFirstDataRow: 'True' })
		expect(job.differences).toMatchObject([{ id: 'RG-D152', detail: 'It reads the files that fit C:\\in\\*.txt.' }])
		expect(outcome(job, 'Read')).toMatchObject({ outcome: 'declared' })
		const inputs = { 'Read#read 1': 'B\r\na|b\r\n2|x\r\n1|y\r\n', 'Read#read 2': 'In\r\na|b\r\n0|z\r\n' }
		const { expected, actual, script } = await runBoth(engine, job, inputs, { ordered: true })
		expect(actual, script).toEqual(expected)
		expect(actual).toEqual({ Write: ['2|x', '1|y', '0|z'] })
	})

	it('of a list tell their rows apart by the name that the list has', async () => {
		const named = (place: string): Job =>
			copy(plain('ab'), plain('abf'), { place, type: 'MULTIFLATFILE', fileName: 'f' })
		const { expected, actual, script } = await runBoth(
			engine,
			named('C:\\b.txt|C:\\a.txt'),
			{ 'Read#read 1': '2|x\r\n', 'Read#read 2': '1|y\r\n0|z\r\n' },
			{ ordered: true },
		)
		expect(actual, script).toEqual(expected)
		expect(actual).toEqual({ Write: ['2|x|C:\\b.txt', '1|y|C:\\a.txt', '0|z|C:\\a.txt'] })
		expect(outcome(named('C:\\*.txt'), 'Read')?.reason).toContain('that a pattern finds')
	})

	it('of a list reach E3', async () => {
		const job = several('C:\\b.txt|C:\\a.txt', { ColumnNamesInFirstDataRow: 'True' })
		expect(outcome(job, 'Read')).toMatchObject({ outcome: 'exact' })
		const { proof } = await proveJob(engine, job)
		expect(proof).toMatchObject({ details: [], report: { level: 'E3' } })
	})

	it('are refused where an expression lists them', () => {
		const computed = '<DTS:PropertyExpression DTS:Name="ConnectionString">"a.txt|" + "b.txt"</DTS:PropertyExpression>'
		expect(outcome(several('', { computed }), 'Read')?.reason).toContain('an expression lists the files')
	})
})
