/** Foreach loops over the nodes of a document that stands in a variable or a file (Microsoft: Foreach Nodelist Enumerator). */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Job } from '#model/job.ts'
import { makeTimestamp } from '#model/values.ts'
import { interpretJob } from '#reference/job.ts'
import { proveJob } from '../../support/prove-job.ts'
import { startSpark, warmUp } from '../../support/run-flow.ts'
import { connections, first, jobOf, variables, x } from '../../support/ssis-tasks.ts'

const engine = startSpark()
beforeAll(() => warmUp(engine))
afterAll(() => engine.close())

const shop = `<shop>
  <part id="7"><name>bolt</name><count>4</count><place><row>1</row><bin>2</bin></place></part>
  <part id="9"><name>nut</name><count>12</count></part>
</shop>`

const escaped = (text: string): string =>
	text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;').replaceAll('\n', '&#10;')

const note = x.executable(
	'Note',
	'Microsoft.ExpressionTask',
	`<ExpressionTask Expression="${escaped('@[User::All] = @[User::All] + @[User::One] + "=" + (DT_WSTR,10)@[User::Two] + ";"')}" />`,
)

interface Loop {
	readonly outer: string
	readonly inner?: string
	readonly source?: string
	readonly document?: string
	/** Variables by the place of the text that they take. */
	readonly takes?: readonly string[]
	readonly more?: string
}

function read({ outer, inner, source = 'Variable', document = 'User::Doc', takes = ['One'], more = '' }: Loop): Job {
	const type =
		inner === undefined
			? 'EnumerationType="NodeText"'
			: `EnumerationType="ElementCollection" InnerElementType="NodeText" InnerXPathString="${escaped(inner)}"`
	const data = `<FEENODELIST ${type} OuterXPathString="${escaped(outer)}" SourceType="${source}" SourceDocument="${document}" ${more}/>`
	const mappings = takes.map(
		(name, at) => `<DTS:ForEachVariableMapping DTS:ValueIndex="${at}" DTS:VariableName="User::${name}"/>`,
	)
	return jobOf(
		connections(x.connection('File', 'FILE', 'C:\\in\\shop.xml')),
		variables(
			x.variable('Doc', 8, shop),
			x.variable('One', 8, ''),
			x.variable('Two', 3, '0'),
			x.variable('All', 8, ''),
		),
		x.executables(
			`<DTS:Executable DTS:refId="Package\\Loop" DTS:ObjectName="Loop" DTS:ExecutableType="STOCK:FOREACHLOOP" DTS:CreationName="STOCK:FOREACHLOOP"><DTS:ForEachEnumerator DTS:CreationName="Microsoft.ForEachNodeListEnumerator"><DTS:ObjectData>${data}</DTS:ObjectData></DTS:ForEachEnumerator><DTS:ForEachVariableMappings>${mappings.join('')}</DTS:ForEachVariableMappings><DTS:Executables>${note}</DTS:Executables></DTS:Executable>`,
		),
	)
}

function run(job: Job) {
	const { variables: ended, failure } = interpretJob(job, {
		flows: new Map(),
		parameters: new Map(),
		run: { at: makeTimestamp(0n), job: job.name, project: '', host: '', invocation: '' },
		outside: (effect) => (effect.kind === 'helper' && effect.helper === 'read_document' ? { value: shop } : {}),
	})
	return failure?.message ?? ended.get('User::All') ?? ''
}

describe('the texts of nodes', () => {
	it.each([
		[{ outer: '/shop/part/name' }, 'bolt=0;nut=0;'],
		[{ outer: '//part/@id' }, '7=0;9=0;'],
		// The text of an element is all that is inside.
		[{ outer: '/shop/part[1]/place' }, '12=0;'],
		[{ outer: '//part[name="nut"]/count', takes: ['Two'] }, '=12;'],
		[{ outer: '//part', inner: '*', takes: ['One', 'Two'] }, 'bolt=4;nut=12;'],
		[{ outer: '//part', inner: '@id' }, '7=0;9=0;'],
		[{ outer: '/shop/part', inner: 'name/text()' }, 'bolt=0;nut=0;'],
		[{ outer: '/shop/gone' }, ''],
	] satisfies readonly (readonly [Loop, string])[])('%j gives %s', (loop, expected) => {
		expect(run(read(loop))).toBe(expected)
		expect(run(read({ ...loop, source: 'FileConnection', document: 'File' }))).toBe(expected)
	})

	it('have to be as many as there are variables, and to fit them', () => {
		expect(run(read({ outer: '//part', inner: 'name', takes: ['One', 'Two'] }))).toContain('an item has no value 1')
		expect(run(read({ outer: '//name', takes: ['Two'] }))).toContain('bolt')
	})

	it('are asked for before the loop, which counts once', () => {
		const job = read({ outer: '//part', inner: '*', source: 'FileConnection', document: 'File' })
		expect(first(job)).toMatchObject({
			kind: 'sequence',
			body: {
				tasks: [
					{ kind: 'xml', result: { kind: 'rows' } },
					{ kind: 'loop', over: { kind: 'rows' } },
				],
			},
		})
		expect(job.accounting.map(({ name, outcome }) => `${name} ${outcome}`)).toEqual(['Note exact', 'Loop exact'])
	})
})

it.each([
	[{ outer: '//part', more: 'OuterXPathSourceType="Variable"' }, 'stands in a variable or a file'],
	[{ outer: '//part', document: 'User::Gone' }, 'the variable that holds its document is not there'],
	[
		{ outer: '//part', source: 'FileConnection', document: 'Gone' },
		'the connection manager of its document is not there',
	],
	[{ outer: '//part/@id', inner: '*' }, 'finds no elements'],
	[{ outer: '//part', inner: '/shop' }, 'leaves its element'],
	[{ outer: 'position()' }, 'does more than is understood'],
	[{ outer: '//part', source: '' }, 'nothing says where its XML document is'],
] satisfies readonly (readonly [Loop, string])[])('%j stays opaque', (loop, why) => {
	expect(read(loop).accounting.find(({ name }) => name === 'Loop')?.reason).toContain(why)
})

it.each([
	{ outer: '//part[name]/@id' },
	{ outer: '//part', inner: '*', takes: ['One', 'Two'] },
	{ outer: '/shop/part', inner: '@id', source: 'FileConnection', document: 'File' },
	{ outer: '/shop/part', inner: 'place/bin', takes: ['One', 'Two'], source: 'FileConnection', document: 'File' },
] satisfies readonly Loop[])('%j does the same on Spark', async (loop) => {
	const { proof, script } = await proveJob(engine, read(loop))
	expect(proof.report, `${script}\n${JSON.stringify(proof)}`).toMatchObject({ level: 'E3' })
})
