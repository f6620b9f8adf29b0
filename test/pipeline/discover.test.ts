import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { discover } from '#pipeline/discover.ts'

let root = ''

function put(file: string, text = 'x'): void {
	mkdirSync(path.dirname(path.join(root, file)), { recursive: true })
	writeFileSync(path.join(root, file), text)
}

beforeAll(() => {
	root = mkdtempSync(path.join(tmpdir(), 'discover-'))
	for (const file of [
		'retail.dsx',
		'people.schema',
		'notes.txt',
		'orders/Load.dtsx',
		'orders/Clean.dtsx',
		'orders/Dw.conmgr',
	])
		put(file)
	for (const file of ['old/jobs.isx', 'old/project.zip', 'node_modules/a.dsx', 'data.xml', 'package.json']) put(file)
	put('old/jobs.xml', '<?xml version="1.0"?><DSExport><Header/></DSExport>')
	put('flows/data_intg_flow/Load.json', '{"primary_pipeline": "1", "pipelines": []}')
	put('flows/data_intg_flow/Clean.json', '{"pipelines": []}')
	put('flows/data_intg_subflow/Trim.json', '{"pipelines": []}')
	put('flows/parameter_set/Paths.json', '{"parameter_set": {"name": "Paths"}}')
	put('flows/px_executables/Load/Load.zip')
	put('flows/job/Load.json', '{"entity": {}}')
	symlinkSync(path.join(root, 'orders'), path.join(root, 'linked'))
})

const namesOf = (files: readonly string[]) => files.map((file) => path.basename(file))
const below = (files: readonly string[]) => files.map((file) => path.relative(root, path.resolve(file)))

describe('discovering exports', () => {
	it('makes a unit of each DataStage file and of each folder of packages, with its companions', () => {
		const { units } = discover([root], 'auto')
		expect(units.map((unit) => [below(unit.files), below(unit.companions)])).toEqual([
			[
				['flows/data_intg_flow/Clean.json', 'flows/data_intg_flow/Load.json', 'flows/data_intg_subflow/Trim.json'],
				['flows/data_intg_subflow/Trim.json', 'flows/parameter_set/Paths.json'],
			],
			[['old/jobs.isx'], []],
			[['old/jobs.xml'], []],
			[['old/project.zip'], []],
			[['orders/Clean.dtsx', 'orders/Load.dtsx'], ['orders/Dw.conmgr']],
			[['retail.dsx'], ['people.schema']],
		])
	})

	it('names paths that are not there', () => {
		expect(discover([root, 'no/such/path'], 'auto').missing).toEqual(['no/such/path'])
	})

	it('takes a file that is named, whatever its ending', () => {
		const { units } = discover([path.join(root, 'notes.txt')], 'auto')
		expect(units).toHaveLength(1)
	})

	it('gives a job that is named alone the schema files beside it', () => {
		const { units } = discover([path.join(root, 'retail.dsx')], 'auto')
		expect(units.map((unit) => [below(unit.files), below(unit.companions)])).toEqual([
			[['retail.dsx'], ['people.schema']],
		])
	})

	it('gives a package that is named alone the files of its project', () => {
		const { units } = discover([path.join(root, 'orders/Load.dtsx')], 'auto')
		expect(units.map((unit) => [below(unit.files), below(unit.companions)])).toEqual([
			[['orders/Load.dtsx'], ['orders/Dw.conmgr']],
		])
	})

	it('gives jobs in DSX files what files without jobs beside them hold', () => {
		const folder = mkdtempSync(path.join(tmpdir(), 'discover-shared-'))
		const texts = {
			'Containers.dsx': 'BEGIN DSSHAREDCONTAINER\nEND DSSHAREDCONTAINER\n',
			'Jobs.dsx': 'BEGIN DSJOB\nEND DSJOB\n',
			'Notes.dsx': 'nothing',
			'Sets.dsx': `${'x'.repeat(3_000_000)}\nBEGIN DSPARAMETERSETS\nEND DSPARAMETERSETS\n`,
		}
		for (const [name, text] of Object.entries(texts)) writeFileSync(path.join(folder, name), text)
		const units = (given: string) =>
			discover([given], 'auto').units.map(({ files, companions }) => [files, companions].map(namesOf))
		const beside = ['Containers.dsx', 'Sets.dsx']
		expect(units(folder)).toEqual([
			[['Containers.dsx'], beside],
			[['Jobs.dsx'], beside],
			[['Notes.dsx'], beside],
		])
		expect(units(path.join(folder, 'Jobs.dsx'))).toEqual([[['Jobs.dsx'], beside]])
	})

	it('gives a unit for each file when asked to', () => {
		expect(discover([root], 'file').units).toHaveLength(9)
	})
})
