/** Test cases of a team against a generated job, on Spark. */
import { cpSync, readFileSync } from 'node:fs'
import path from 'node:path'
import AdmZip from 'adm-zip'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Engine } from '#engines/port.ts'
import { generatedJobs } from '#pipeline/run/select-job.ts'
import { assignCases } from '#pipeline/spec/assign.ts'
import { findCases } from '#pipeline/spec/find-cases.ts'
import { verify } from '#pipeline/verify.ts'
import type { Folder } from '../../cli/reglue.ts'
import { examples, reglue, temporaryFolder } from '../../cli/reglue.ts'
import { localSpark, SET_UP_MS } from '../../engines/local-spark/support.ts'

let folder: Folder
let engine: Engine

const orders = `"ORDER_ID|int32","CUSTOMER_ID|ustring(4)","ORDER_DATE|date","PRODUCT|ustring?(20)","QTY|int32","PRICE|decimal[8,2]"
1,C1,2026-05-04,"Apples, red",2,10.00
2,C1,2026-05-05,,4,5.00
3,C9,2026-05-05,Tea,1,1.00
4,C1,2026-05-06,Tea,-2,3.00
`
const customers = `"CUSTOMER_ID|ustring(4)","NAME|ustring(30)","SEGMENT|ustring?(10)","REGION|ustring(10)"
C1,Fig & Co,NONE,North
`
const detail = `"ORDER_ID|int32","PRODUCT|ustring?(20)","NET|decimal[12,2]","ORDER_DATE|date","MONTH_OF|string?(6)","CUSTOMER|ustring?(50)","REGION|ustring?(10)"
2,unknown,20.00,2026-05-05,202605,FIG & CO (C1),North
1,"Apples, red",20.00,2026-05-04,202605,FIG & CO (C1),North
`
const regions = '"REGION|ustring?(10)","TOTAL|dfloat?","LARGEST|dfloat?","SALES|int32?"\nNorth,40.0,20.0,2\n'

const specification = (then: string, job = '\n  job: DailySales'): string => `---
given:
- { stage: Orders, link: orders, path: Orders.csv }
- { stage: Customers, link: customers, path: Customers.csv }
when:${job}
  parameters: { MinAmount: 10 }
then:
${then}
`
const both = `- { stage: SalesDetail, link: l, path: Detail.csv }
- { stage: SalesByRegion, link: l, path: Regions.csv, cluster: [REGION] }`

const write = (name: string, then: string, data: Readonly<Record<string, string>> = {}): string => {
	folder.write(`${name}/${name}.yaml`, specification(then))
	const files = {
		'Orders.csv': orders,
		'Customers.csv': customers,
		'Detail.csv': detail,
		'Regions.csv': regions,
		...data,
	}
	for (const [file, text] of Object.entries(files)) folder.write(`${name}/${file}`, text)
	return path.join(folder.path, name)
}

async function run(...places: readonly string[]) {
	const generated = path.join(folder.path, 'out')
	const { cases, lost, diagnostics } = assignCases(places.flatMap(findCases), generatedJobs(generated))
	const told = [...diagnostics]
	const result = await verify(generated, path.join(folder.path, 'work'), undefined, {
		signal: new AbortController().signal,
		onJob: () => undefined,
		cases,
		caseEngine: engine,
		onDiagnostic: (diagnostic) => told.push(diagnostic),
	})
	if ('problem' in result) throw new Error(result.problem)
	return { job: result.verified[0], lost, told }
}

beforeAll(async () => {
	folder = temporaryFolder()
	engine = localSpark()
	cpSync(path.join(examples, 'datastage-retail'), path.join(folder.path, 'retail'), { recursive: true })
	expect((await reglue(['migrate', 'retail', '--out', 'out', '--engine', 'none'], { cwd: folder.path })).code).toBe(0)
}, SET_UP_MS)

afterAll(async () => {
	await engine.close()
	folder.remove()
})

describe('a test case of the team', { timeout: SET_UP_MS }, () => {
	it('passes where the generated job gives its rows, in any order, and is evidence of the highest level', async () => {
		const { job, told } = await run(write('good', both))
		expect(told).toEqual([])
		expect(job?.evidence.cases).toMatchObject([
			{
				name: 'good',
				status: 'passed',
				outputs: [
					{ name: 'SalesDetail.l', expected: 2, actual: 2, equal: true },
					{ name: 'SalesByRegion.l', expected: 1, actual: 1, equal: true },
				],
			},
		])
		expect(job?.evidence.reached).toContain('E5')
		expect(job?.failed).toBe(false)
		// Nothing was proven on synthesised rows here, so the level itself does not rise.
		expect(job?.evidence.level).toBe('E1')
	})

	it('fails where a value differs, and shows the row; one that passes does not outweigh it', async () => {
		const wrong = write('wrong', both, { 'Regions.csv': regions.replace('40.0', '41.5') })
		const { job } = await run(write('good', both), wrong)
		expect(job?.failed).toBe(true)
		expect(job?.evidence.reached).not.toContain('E5')
		expect(job?.evidence.cases?.map(({ status }) => status)).toEqual(['passed', 'failed'])
		expect(job?.evidence.cases?.[1]?.outputs[1]?.samples).toEqual([
			{
				kind: 'changed',
				row: { REGION: 'North', TOTAL: '41.5', LARGEST: '20.0', SALES: '2' },
				columns: [{ name: 'TOTAL', expected: '41.5', actual: '40' }],
			},
		])
	})

	it('leaves out ignored columns, and counts only where it says so, which is not yet equality', async () => {
		const other = { 'Detail.csv': detail.replaceAll('202605', '199901'), 'Regions.csv': regions.replace('40.0', '0.0') }
		const place = write(
			'lenient',
			`- { stage: SalesDetail, link: l, path: Detail.csv, ignore: [month_of] }
- { stage: SalesByRegion, link: l, path: Regions.csv, checkRowCountOnly: true }`,
			other,
		)
		expect((await run(place)).job?.evidence).toMatchObject({ cases: [{ status: 'passed' }] })
		const counted = write('counted', '- { stage: SalesByRegion, link: l, path: Regions.csv, checkRowCountOnly: true }')
		const { job } = await run(counted)
		expect(job?.evidence.cases).toMatchObject([{ status: 'passed' }])
		expect(job?.evidence.reached).not.toContain('E5')
	})

	it('that does not fit the job is told with the line, and proves nothing', async () => {
		const { job, told } = await run(
			write(
				'stray',
				'- { stage: Elsewhere, link: l, path: Detail.csv }\n- { stage: SalesDetail, link: l, path: None.csv }',
			),
		)
		expect(job?.evidence.cases).toMatchObject([{ status: 'not-run' }])
		expect(told.map(({ provenance, why }) => [provenance.lines.start, why])).toEqual([
			[9, expect.stringContaining('writes nothing at the stage Elsewhere')],
			[10, 'there is no file None.csv beside the specification'],
		])
	})

	it('of the next generation comes as an archive, and finds its flow by its stages', async () => {
		const zip = new AdmZip()
		const add = (name: string, text: string) => zip.addFile(name, Buffer.from(text))
		add(
			'specification.json',
			JSON.stringify({
				given: [
					{ stage: 'Orders', link: 'orders', path: 'Orders.csv' },
					{ stage: 'Customers', link: 'customers', path: 'Customers.csv' },
				],
				when: { data_intg_flow_ref: 'c0ffee', parameters: { MinAmount: '10' } },
				then: [{ stage: 'SalesByRegion', link: 'l', path: 'Regions.csv' }],
			}),
		)
		add('Orders.csv', orders)
		add('Customers.csv', customers)
		add('Regions.csv', regions)
		const project = new AdmZip()
		project.addFile('data_intg_test_case/regions.zip', zip.toBuffer())
		folder.write('project.zip', project.toBuffer())
		const { job, lost } = await run(path.join(folder.path, 'project.zip'))
		expect(lost).toEqual([])
		expect(job?.evidence.cases).toMatchObject([{ name: 'regions', status: 'passed' }])
	})

	it('runs from the command line, which ends with 1 on a difference', async () => {
		write('good', both)
		write('wrong', both, { 'Regions.csv': regions.replace('40.0', '41.5') })
		folder.write('broken/broken.yaml', 'when:\n  job: DailySales\nthen: 7\n')
		const verified = (name: string) =>
			reglue(['verify', 'out', '--level', 'E1', '--spec', name, '--json', 'v.json'], { cwd: folder.path })
		const bad = await verified('wrong')
		expect({ code: bad.code, out: bad.out }).toMatchObject({
			code: 1,
			out: expect.stringContaining('SalesByRegion.l differs, 1 rows instead of 1'),
		})
		expect(readFileSync(path.join(folder.path, 'v.json'), 'utf8')).toContain('"status": "failed"')
		const broken = await verified('broken')
		expect(broken.code).toBe(3)
		expect(broken.error).toContain('broken.yaml:3: error test-case/invalid')
	})
})
