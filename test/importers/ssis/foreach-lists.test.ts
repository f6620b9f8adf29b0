/** Foreach loops over lists that a script made, and over nodes of a document in the package. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dtsxImporter } from '#importers/ssis/importer.ts'
import type { Job } from '#model/job.ts'
import { makeTimestamp } from '#model/values.ts'
import { interpretJob } from '#reference/job.ts'
import { dtsx } from '../../support/dtsx-builder.ts'
import { proveJob } from '../../support/prove-job.ts'
import { startSpark, warmUp } from '../../support/run-flow.ts'
import { csharp } from './scripts/task-job.ts'

const engine = startSpark()
beforeAll(() => warmUp(engine))
afterAll(() => engine.close())

const x = dtsx(8)

const append = x.executable(
	'Note',
	'Microsoft.ExpressionTask',
	'<ExpressionTask Expression="@[User::All] = @[User::All] + @[User::One] + &quot;;&quot;" />',
)

function loop(creationName: string, data: string): string {
	return `<DTS:Executable DTS:refId="Package\\Loop" DTS:ObjectName="Loop" DTS:ExecutableType="STOCK:FOREACHLOOP" DTS:CreationName="STOCK:FOREACHLOOP"><DTS:ForEachEnumerator DTS:CreationName="${creationName}"><DTS:ObjectData>${data}</DTS:ObjectData></DTS:ForEachEnumerator><DTS:ForEachVariableMappings><DTS:ForEachVariableMapping DTS:ValueIndex="0" DTS:VariableName="User::One"/></DTS:ForEachVariableMappings><DTS:Executables>${append}</DTS:Executables></DTS:Executable>`
}

function read(...executables: readonly string[]): Job {
	const data = x.package(
		'P',
		x.variable('One', 8, ''),
		x.variable('All', 8, ''),
		x.variable('List', 13, ''),
		x.executables(...executables),
		`<DTS:PrecedenceConstraints><DTS:PrecedenceConstraint DTS:refId="Package.PrecedenceConstraints[1]" DTS:From="Package\\Code" DTS:To="Package\\Loop" /></DTS:PrecedenceConstraints>`,
	)
	const [job] = dtsxImporter.read({ file: { path: 'p.dtsx', bytes: data }, companions: [] }).jobs
	if (job === undefined) throw new Error('no job was read')
	return job
}

const all = (job: Job) =>
	interpretJob(job, {
		flows: new Map(),
		parameters: new Map(),
		run: { at: makeTimestamp(0n), job: job.name, project: '', host: '', invocation: '' },
	}).variables.get('User::All')

describe('a list in a variable', () => {
	const code = csharp(`List<string> names = new List<string>();
            for (int i = 1; i <= 3; i++) names.Add("part" + i.ToString());
            Dts.Variables["User::List"].Value = names;`)
	const task = x.executable(
		'Code',
		'Microsoft.ScriptTask',
		`<ScriptProject Name="ST_1" Language="CSharp" ReadOnlyVariables="" ReadWriteVariables="User::List"><ProjectItem Name="ScriptMain.cs" Encoding="UTF8"><![CDATA[${code}]]></ProjectItem></ScriptProject>`,
	)

	it('gives its items one after another', async () => {
		const job = read(task, loop('Microsoft.ForEachFromVarEnumerator', '<FEEFVE VariableName="User::List"/>'))
		expect(job.accounting.map(({ outcome }) => outcome)).not.toContain('opaque')
		expect(all(job)).toBe('part1;part2;part3;')
		const { proof, script } = await proveJob(engine, job)
		expect(proof.report, `${script}\n${JSON.stringify(proof)}`).toMatchObject({ level: 'E3' })
	})

	it('has to be an object', () => {
		const job = read(loop('Microsoft.ForEachFromVarEnumerator', '<FEEFVE VariableName="User::All"/>'))
		expect(job.accounting.find(({ name }) => name === 'Loop')?.reason).toContain('characters of User::All')
	})
})

describe('nodes of a document', () => {
	const nodes = (document: string, path: string, more = ''): string =>
		loop(
			'Microsoft.ForEachNodeListEnumerator',
			`<FEENODELIST EnumerationType="NodeText" SourceType="DirectInput" OuterXPathString="${path}" SourceDocument="${document.replaceAll('<', '&lt;')}" ${more}/>`,
		)
	const document = "<parts><part id='7'>bolt</part><part id='9'>nut</part><other>x</other></parts>"

	it.each([
		['/parts/part', 'bolt;nut;'],
		['//part/@id', '7;9;'],
		['/parts/*', 'bolt;nut;x;'],
		['parts/part/text()', 'bolt;nut;'],
	])('%s gives %s', (path, expected) => expect(all(read(nodes(document, path)))).toBe(expected))

	it.each([
		['/parts/part[1]', 'does more than name'],
		['/parts', 'hold other nodes'],
	])('%s is refused', (path, why) => {
		const job = read(nodes(document, path))
		expect(job.accounting.find(({ name }) => name === 'Loop')?.reason).toContain(why)
	})

	const parts =
		"<parts><part id='7'><name>bolt</name><unit>box</unit></part><part id='9'><name>nut</name><unit>bag</unit></part></parts>"
	const inner = (path: string, own = ''): string =>
		`EnumerationType="ElementCollection" InnerElementType="NodeText" InnerXPathString="${path}" ${own}`
	const collected = (path: string, more: string): Job =>
		read(nodes(parts, path, more).replace('EnumerationType="NodeText" ', ''))

	it.each([
		['/parts/part', 'name', 'bolt;nut;'],
		['//part', '*', 'bolt;nut;'],
		['//part', '@id', '7;9;'],
		['/parts/part', 'unit/text()', 'box;bag;'],
	])('%s gives elements, and %s in each the texts for its variables', (path, within, expected) => {
		expect(all(collected(path, inner(within)))).toBe(expected)
	})

	it('hands out the texts of an element by their place, on Spark too', async () => {
		const job = read(
			nodes(parts, '//part', inner('*'))
				.replace('EnumerationType="NodeText" ', '')
				.replace('DTS:ValueIndex="0"', 'DTS:ValueIndex="1"'),
		)
		expect(all(job)).toBe('box;bag;')
		const { proof, script } = await proveJob(engine, job)
		expect(proof.report, `${script}\n${JSON.stringify(proof)}`).toMatchObject({ level: 'E3' })
	})

	it.each([
		['//part', inner('gone'), 'fewer texts'],
		['//part', inner('/parts/part'), 'leaves its element'],
		['//part/@id', inner('name'), 'finds no elements'],
		['//part', inner('name', 'InnerXPathSourceType="Variable"'), 'stands in a variable or a file'],
		['//part', inner('name').replace('"NodeText"', '"Node"'), 'as objects'],
	])('%s with %s is refused', (path, more, why) => {
		const job = collected(path, more)
		expect(job.accounting.find(({ name }) => name === 'Loop')?.reason).toContain(why)
	})
})
