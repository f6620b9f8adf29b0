import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { dtsxImporter } from '#importers/ssis/importer.ts'
import { makeTimestamp } from '#model/values.ts'
import type { SourceData } from '#reference/context.ts'
import { interpretJob } from '#reference/job.ts'

const folder = '../shared/cases/functional/ssis'
const table = existsSync(folder) ? readFileSync(`${folder}/goldens.tsv`, 'utf8') : ''
if (table === '') process.stderr.write(`The functional cases are skipped: ${folder} is not there.\n`)

const golden = table
	.trim()
	.split('\n')
	.slice(1)
	.map((line) => {
		const [path = '', , role = '', legacy = '', file = ''] = line.split('\t')
		return { path, role, legacy, file }
	})
const cases = ['01', '05', '07', '09', '11', '14', '16', '19', '27', '31'].flatMap((number) => [
	...new Set(golden.map((one) => one.path).filter((path) => path.startsWith(number))),
])

/** Lines as sets: no order is promised. Numbers as numbers: a currency value may have more zeros. */
function comparable(text: string): readonly string[] {
	const plain = (field: string): string => (/^-?\d*\.\d+$/.test(field) ? String(Number(field)) : field)
	return text
		.replace(/^\ufeff/, '')
		.split(/\r?\n/)
		.filter((line) => line !== '')
		.map((line) => line.split(',').map(plain).join(','))
		.sort()
}

describe.skipIf(table === '')('packages with known results', () => {
	it.each(cases)('%s gives the rows expected', (path) => {
		const { jobs } = dtsxImporter.read({ file: { path, bytes: readFileSync(`${folder}/${path}`) }, companions: [] })
		const [job] = jobs
		if (job === undefined) throw new Error('no job was read')
		expect(job.accounting.filter((item) => item.outcome === 'opaque')).toEqual([])
		const flows = new Map(job.flows.map((flow) => [flow.id, { inputs: inputsOf(flow, path) }]))
		const run = { at: makeTimestamp(0n), job: job.name, project: '', host: '', invocation: '' }
		const result = interpretJob(job, { flows, parameters: new Map(), run })
		expect(result.failure).toBeUndefined()
		for (const { legacy, file } of golden.filter((one) => one.path === path && one.role === 'output')) {
			const output = result.outputs.find((one) => one.output.place === legacy)?.output
			expect(comparable(output?.text ?? ''), file).toEqual(comparable(readFileSync(`${folder}/${file}`, 'utf8')))
		}
	})
})

type Flow = ReturnType<typeof dtsxImporter.read>['jobs'][number]['flows'][number]

function inputsOf(flow: Flow, path: string): ReadonlyMap<string, SourceData> {
	const inputs = new Map<string, SourceData>()
	for (const operator of flow.operators) {
		if (operator.kind !== 'read' || operator.source.kind !== 'text-file') continue
		const { text } = operator.source.path
		const given = golden.find((one) => one.path === path && one.role === 'input' && one.legacy === text)
		if (given === undefined) throw new Error(`no input is given for ${text}`)
		const content = readFileSync(`${folder}/${given.file}`, 'utf8').replaceAll(
			/\r?\n/g,
			operator.source.layout.recordDelimiter,
		)
		inputs.set(operator.id, { kind: 'text', files: [content] })
	}
	return inputs
}
