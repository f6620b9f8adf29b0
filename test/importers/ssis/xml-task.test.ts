/** XML tasks: questions to documents, worked out by hand (W3C: XML Path Language 1.0; Microsoft: XML Task). */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Job } from '#model/job.ts'
import { makeTimestamp } from '#model/values.ts'
import type { Effect } from '#reference/effects.ts'
import { interpretJob } from '#reference/job.ts'
import { proveJob } from '../../support/prove-job.ts'
import { startSpark, warmUp } from '../../support/run-flow.ts'
import { connections, jobOf, variables, x } from '../../support/ssis-tasks.ts'

const engine = startSpark()
beforeAll(() => warmUp(engine))
afterAll(() => engine.close())

const files = connections(
	x.connection('In', 'FILE', 'C:\\in\\shop.xml'),
	x.connection('Out', 'FILE', 'C:\\out\\found.txt'),
)
const own = variables(x.variable('Doc', 8, '<a><b>7</b></a>'), x.variable('Found', 8, ''), x.variable('Any', 13, ''))

const escaped = (text: string): string =>
	text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;').replaceAll('\n', '&#10;')
const attributes = (values: Readonly<Record<string, string>>): string =>
	Object.entries(values)
		.map(([name, value]) => ` ${name}="${escaped(value)}"`)
		.join('')

const usual = {
	OperationType: 'XPATH',
	Source: 'In',
	SecondOperand: '/shop/part',
	SaveOperationResult: 'True',
	Destination: 'Out',
	OverwriteDestination: 'True',
	XPathOperation: 'Values',
}
type Settings = Readonly<Record<string, string>>
const task = (name: string, settings: Settings, inside = ''): string =>
	x.executable(
		name,
		'Microsoft.XMLTask',
		`<XMLTaskData${attributes({ ...usual, ...settings })}>${inside}</XMLTaskData>`,
	)
const read = (...settings: readonly Settings[]): Job =>
	jobOf(files, own, x.executables(...settings.map((one, index) => task(`Ask ${index}`, one))))

function run(job: Job, document = '<empty/>') {
	const effects: Effect[] = []
	const result = interpretJob(job, {
		flows: new Map(),
		parameters: new Map(),
		run: { at: makeTimestamp(0n), job: job.name, project: '', host: '', invocation: '' },
		outside: (effect) => {
			effects.push(effect)
			return effect.kind === 'helper' && effect.helper === 'read_document' ? { value: document } : {}
		},
	})
	return { result, effects }
}

const shop = `<?xml version="1.0"?>
<shop>
  <part id="7" kind="small"><name>bolt</name><price>1.5</price></part>
  <part id="9"><name>nut</name><price> .25 </price><box><part id="11"><name>washer</name><price>2</price></part></box></part>
  <note>sold <b>as</b> is<!-- today --></note>
  <o:part xmlns:o="urn:other" o:id="13"><name>other</name></o:part>
</shop>`

const questions: readonly (readonly [operation: 'Values' | 'Evaluation', path: string, expected: string])[] = [
	['Values', '/shop/part/name', 'boltnut'],
	['Values', 'shop/part/name', 'boltnut'],
	['Values', '//part/name', 'boltnutwasher'],
	// White space between elements is no text; inner elements are.
	['Values', '/shop/part', 'bolt1.5nut .25 washer2'],
	['Values', '/shop/note', 'sold as is'],
	['Values', '/shop/note/text()', 'sold  is'],
	['Values', '/shop/part[2]/@id', '9'],
	['Values', '//part/@id', '7911'],
	['Values', '//part[1]/name', 'boltwasher'],
	['Values', '//part[name="nut"]/price', ' .25 '],
	['Values', "//part[@kind='small' and name='bolt']/@id", '7'],
	['Values', "//part[@id][name='nut']//name", 'nutwasher'],
	['Values', '/shop//box/part[name]/price', '2'],
	['Values', '/shop/*/name', 'boltnutother'],
	['Values', '//part//part/name', 'washer'],
	['Values', '/shop/gone', ''],
	['Evaluation', 'count(//part)', '3'],
	['Evaluation', 'count(/shop/*)', '4'],
	['Evaluation', 'sum(//price)', '3.75'],
	['Evaluation', 'sum(/shop/part/@id)', '16'],
	['Evaluation', 'sum( //gone )', '0'],
	// XPath: the number of a text that is none is NaN.
	['Evaluation', 'sum(//name)', 'NaN'],
]

describe('what XPath finds', () => {
	const job = read(
		...questions.map(([operation, path]) => ({
			SourceType: 'DirectInput',
			Source: shop,
			SecondOperand: path,
			XPathOperation: operation,
		})),
	)
	const written = (effects: readonly Effect[]) =>
		effects.map((effect) => (effect.kind === 'helper' ? effect.args['text'] : undefined))

	it('is what the standard says', () => {
		expect(job.accounting.filter(({ outcome }) => outcome === 'opaque')).toEqual([])
		const found = written(run(job).effects)
		expect(questions.map(([, path], index) => [path, found[index]])).toEqual(
			questions.map(([, path, expected]) => [path, expected]),
		)
	})

	it('is the same on Spark, in files and in documents of every scenario', async () => {
		const { proof, script } = await proveJob(engine, job)
		expect(proof.report, `${script}\n${JSON.stringify(proof)}`).toMatchObject({ level: 'E3' })
		const fromFiles = read(
			...questions.map(([operation, path]) => ({ SecondOperand: path, XPathOperation: operation })),
		)
		const second = await proveJob(engine, fromFiles)
		expect(second.proof.report, JSON.stringify(second.proof)).toMatchObject({ level: 'E3' })
	})
})

describe('places', () => {
	it('are a document from a file and a text in a file', () => {
		const { effects } = run(read({ SecondOperand: 'count(//part)', XPathOperation: '0' }), shop)
		expect(effects).toMatchObject([
			{ helper: 'read_document', args: { path: 'C:\\in\\shop.xml' } },
			{ helper: 'write_text', args: { path: 'C:\\out\\found.txt', text: '3', append: false } },
		])
	})

	it('are variables', () => {
		const job = read({
			SourceType: 'Variable',
			Source: 'User::Doc',
			SecondOperandType: 'DirectInput',
			SecondOperand: '/a/b',
			DestinationType: 'Variable',
			Destination: 'User::Found',
		})
		expect(run(job).result.variables.get('User::Found')).toBe('7')
		expect(job.differences).toEqual([])
	})

	it('of files are arguments of the job, and what is written in them is declared', () => {
		expect(read({}).differences).toMatchObject([{ id: 'RG-D170' }])
	})

	it('that hold no XML make the task fail', () => {
		expect(run(read({}), 'no document').result.failure?.message).toContain('the document is no XML')
	})
})

it.each([
	[{ OperationType: 'XSLT' }, 'it applies a style sheet'],
	[{ OperationType: 'Validate' }, 'it checks a document against a schema'],
	[{ OperationType: '' }, 'nothing is known of its operation'],
	[{ XPathOperation: 'NodeList' }, 'it keeps nodes of a document'],
	[{ XPathOperation: 'Evaluation' }, 'does more than is understood'],
	[{ SecondOperand: '//a/ancestor::b' }, 'does more than is understood'],
	[{ SecondOperand: '//a[price > 2]' }, 'does more than is understood'],
	[{ SecondOperand: '//a[@id][2]' }, 'does more than is understood'],
	[{ SecondOperand: '//*[1]' }, 'does more than is understood'],
	[{ SecondOperand: '//a/text()' }, 'does more than is understood'],
	[{ SecondOperand: '/a/' }, 'does more than is understood'],
	[{ SecondOperand: 'a b' }, 'does more than is understood'],
	[{ SecondOperandType: 'Variable', SecondOperand: 'User::Doc' }, 'stands in a variable or a file'],
	[{ Source: 'Gone' }, 'the connection manager of its document is not there'],
	[{ SourceType: 'Variable', Source: 'User::Gone' }, 'the variable that holds its document is not there'],
	[{ SaveOperationResult: 'False' }, 'it keeps no result'],
	[{ OverwriteDestination: 'False' }, 'it does not overwrite its destination'],
	[{ DestinationType: 'Variable', Destination: 'User::Any' }, 'something else than a text'],
])('%j stays opaque', (settings, why) => {
	expect(read(settings).accounting[0]).toMatchObject({ outcome: 'opaque', reason: expect.stringContaining(why) })
})

it('with prefixes in its expression stays opaque', () => {
	const job = jobOf(files, own, x.executables(task('Ask', {}, '<NameSpaces/>')))
	expect(job.accounting[0]?.reason).toContain('names with prefixes')
})
