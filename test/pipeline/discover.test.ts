import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { discover } from '#pipeline/discover.ts'

let root = ''

function put(...files: readonly string[]): void {
	for (const file of files) {
		mkdirSync(path.dirname(path.join(root, file)), { recursive: true })
		writeFileSync(path.join(root, file), 'x')
	}
}

beforeAll(() => {
	root = mkdtempSync(path.join(tmpdir(), 'discover-'))
	put(
		'retail.dsx',
		'notes.txt',
		'orders/Load.dtsx',
		'orders/Clean.dtsx',
		'orders/Dw.conmgr',
		'old/jobs.isx',
		'node_modules/a.dsx',
	)
	symlinkSync(path.join(root, 'orders'), path.join(root, 'linked'))
})

const below = (files: readonly string[]) => files.map((file) => path.relative(root, path.resolve(file)))

describe('discovering exports', () => {
	it('makes a unit of each DataStage file and of each folder of packages, with its companions', () => {
		const { units } = discover([root], 'auto')
		expect(units.map((unit) => [below(unit.files), below(unit.companions)])).toEqual([
			[['orders/Clean.dtsx', 'orders/Load.dtsx'], ['orders/Dw.conmgr']],
			[['retail.dsx'], []],
		])
	})

	it('names formats that it does not read, and paths that are not there', () => {
		const { unsupported, missing } = discover([root, 'no/such/path'], 'auto')
		expect(below(unsupported)).toEqual(['old/jobs.isx'])
		expect(missing).toEqual(['no/such/path'])
	})

	it('takes a file that is named, whatever its ending', () => {
		const { units } = discover([path.join(root, 'notes.txt')], 'auto')
		expect(units).toHaveLength(1)
	})

	it('gives a unit for each file when asked to', () => {
		expect(discover([root], 'file').units).toHaveLength(3)
	})
})
