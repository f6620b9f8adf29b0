import { parse } from '@cdktf/hcl2json'
import { describe, expect, it } from 'vitest'
import { defaultConfig } from '#config/schema.ts'
import { generators } from '#generators/registry.ts'
import { dsxImporter } from '#importers/datastage/importer.ts'
import { writeDsx } from '../../support/formats/dsx-writer.ts'
import { sampleExport } from '../../support/formats/sample-export.ts'

function generate(
	paths: Readonly<Record<string, string>>,
	environments: Readonly<Record<string, Readonly<Record<string, string>>>> = {},
) {
	const bytes = new TextEncoder().encode(writeDsx(sampleExport))
	const { jobs } = dsxImporter.read({ file: { path: 'orders.dsx', bytes }, companions: [] })
	const { glue, outputs, connections, parameters } = defaultConfig
	const options = {
		paths,
		connections,
		parameters,
		environments,
		glue,
		outputs,
		testData: new Map(),
		differenceRows: new Map(),
	}
	return generators.glue({ name: 'orders', jobs }, options).artifacts
}

describe('value files of parameter sets', () => {
	it('become the arguments of an environment, without secrets', async () => {
		const artifacts = generate({}).filter(({ path }) => path.endsWith('.tfvars'))
		expect(artifacts.map(({ path }) => path)).toEqual([
			'terraform/env/orders-prod.tfvars',
			'terraform/env/orders-test.tfvars',
		])
		const [prod, test] = await Promise.all(artifacts.map(({ path, text }) => parse(path, text)))
		expect(prod).toEqual({ arguments: { 'orders/large_orders': { paths_dir: '/prod/in' } } })
		expect(test).toEqual({ arguments: { 'orders/large_orders': { paths_dir: 'C:\\Source\\in' } } })
	})

	it('name the new place of a path', () => {
		// biome-ignore lint/suspicious/noTemplateCurlyInString: what would be a reference in HCL.
		const artifacts = generate({ '/prod': 's3://lake/${prod}' })
		const text = artifacts.find(({ path }) => path.endsWith('-prod.tfvars'))?.text
		expect(text).toBe(
			[
				'# Values for prod, as the exports and the config know them.',
				'arguments = {',
				'  "orders/large_orders" = {',
				'    paths_dir = "s3://lake/$${prod}/in"',
				'  }',
				'}',
				'',
			].join('\n'),
		)
	})
})

describe('environments of the config', () => {
	it('win over those of the export, whatever the case of their names, and add new ones', async () => {
		const name = 'Paths.DIR'
		const artifacts = generate(
			{ '/data': 's3://lake' },
			{ PROD: { [name]: '/data/prod' }, dev: { [name]: '/tmp' }, qa: { OTHER: 'x' } },
		)
		const files = artifacts.filter(({ path }) => path.endsWith('.tfvars'))
		const parsed = await Promise.all(files.map(async ({ path, text }) => [path, await parse(path, text)] as const))
		expect(Object.fromEntries(parsed)).toEqual({
			'terraform/env/orders-dev.tfvars': { arguments: { 'orders/large_orders': { paths_dir: '/tmp' } } },
			'terraform/env/orders-prod.tfvars': { arguments: { 'orders/large_orders': { paths_dir: 's3://lake/prod' } } },
			'terraform/env/orders-test.tfvars': { arguments: { 'orders/large_orders': { paths_dir: 'C:\\Source\\in' } } },
		})
	})
})
