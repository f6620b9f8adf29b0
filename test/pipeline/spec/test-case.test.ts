import { describe, expect, it } from 'vitest'
import { parseTestCase } from '#pipeline/spec/test-case.ts'

const parse = (text: string) => parseTestCase(text, 'unit/case.yaml', 'case')

const whole = `given:
- stage: Orders
  link: lnk_orders
  path: Orders.csv
- sparseLookup: Rates
  path: Rates.csv
  key: [CURRENCY]
when:
  job: DailySales
  controller: null
  parameters:
    DSJobStartDate: 2012-01-15
    Limit: 100
    PATHS: { IN: /data/in }
then:
- stage: Sales
  link: lnk_sales
  path: Sales.csv
  cluster: [REGION]
  ignore: LOADED_AT
  checkRowCountOnly: "true"
`

describe('a specification', () => {
	it('names rows that are given, the job with its parameters, and rows that are expected', () => {
		const { testCase, diagnostics } = parse(whole)
		expect(diagnostics).toEqual([])
		expect(testCase?.job).toBe('DailySales')
		expect(testCase?.given.map(({ stage, link, path, at }) => [stage, link, path, at.lines.start])).toEqual([
			['Orders', 'lnk_orders', 'Orders.csv', 2],
			['Rates', undefined, 'Rates.csv', 5],
		])
		expect([...(testCase?.parameters ?? [])]).toEqual([
			['DSJobStartDate', '2012-01-15'],
			['Limit', '100'],
			['PATHS.IN', '/data/in'],
		])
		expect(testCase?.expected).toMatchObject([{ stage: 'Sales', ignore: ['LOADED_AT'], countOnly: true }])
	})

	it('of a next-generation test case is the same in JSON, also below the asset’s entity', () => {
		const specification = {
			given: [{ stage: 'Orders', link: 'o', path: 'o.csv' }],
			when: { data_intg_flow_ref: '3023970f', parameters: {} },
			then: [{ stage: 'Sales', link: 's', path: 's.csv', checkRowCountOnly: false, ClusterKey: ['A'] }],
		}
		for (const text of [specification, { entity: { specification } }].map((one) => JSON.stringify(one))) {
			const { testCase } = parse(text)
			expect(testCase?.job).toBeUndefined()
			expect(testCase?.expected).toMatchObject([{ stage: 'Sales', link: 's', countOnly: false, ignore: [] }])
		}
	})
})

describe('a wrong specification', () => {
	const problems = (text: string) =>
		parse(text).diagnostics.map(({ code, provenance, why }) => [code, provenance.lines.start, provenance.path, why])

	it('that is no YAML is told with its line', () => {
		expect(problems('given:\n- stage: "A\nwhen: 1\n')).toEqual([['test-case/invalid', 4, '', expect.any(String)]])
	})

	it('with a wrong or unknown key is told with the line of the part that holds it', () => {
		const text = whole.replace('  ignore: LOADED_AT', '  ignored: LOADED_AT')
		expect(problems(text)).toEqual([['test-case/invalid', 16, 'then.0', expect.stringContaining('ignored')]])
		expect(problems(whole.replace('"true"', 'perhaps'))).toMatchObject([
			['test-case/invalid', 21, 'then.0.checkRowCountOnly', expect.any(String)],
		])
	})

	it('that expects nothing proves nothing', () => {
		expect(problems('when: { job: A }\nthen: []\n')).toEqual([
			['test-case/invalid', 2, 'then', expect.stringContaining('proves nothing')],
		])
	})

	it('that wants another job to control the run says that it does not', () => {
		const { testCase, diagnostics } = parse(whole.replace('controller: null', 'controller: SEQ'))
		expect(testCase).toBeDefined()
		expect(diagnostics).toMatchObject([{ code: 'test-case/not-honoured', provenance: { lines: { start: 10 } } }])
	})
})
