/** The AWS command line stands in as a small script: what is asked of it, and what becomes of its answer. */
import { chmodSync, existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { withLocalCopies } from '../../src/cli/s3-copies.ts'
import type { Folder } from './reglue.ts'
import { temporaryFolder } from './reglue.ts'

let folder: Folder
const before = process.env['PATH']

beforeEach(() => {
	folder = temporaryFolder()
})
afterEach(() => {
	process.env['PATH'] = before
	folder.remove()
})

function aws(text: string): void {
	folder.write('bin/aws', `#!/bin/sh\n${text}\n`)
	chmodSync(path.join(folder.path, 'bin/aws'), 0o755)
	process.env['PATH'] = `${path.join(folder.path, 'bin')}:${before ?? ''}`
}

const signal = new AbortController().signal

it('fetches a prefix to a folder, which goes afterwards; a local place stays what it is', async () => {
	aws(
		'[ "$1 $2 $3 $4 $5" = "s3 cp --recursive --only-show-errors s3://lake/sales/" ] || exit 9\nmkdir -p "$6" && printf "a\\n1\\n" > "$6/part-0.csv"',
	)
	const seen = await withLocalCopies(['s3a://lake/sales/', '/data/x.csv'], signal, ([copy, other]) => {
		expect(other).toBe('/data/x.csv')
		expect(readFileSync(path.join(copy ?? '', 'part-0.csv'), 'utf8')).toBe('a\n1\n')
		return Promise.resolve(copy ?? '')
	})
	expect(existsSync(seen)).toBe(false)
})

it('says what the command line says, and when there is none', async () => {
	aws('echo "AccessDenied" >&2; exit 1')
	const fetched = () => withLocalCopies(['s3://lake/sales/'], signal, () => Promise.resolve(0))
	await expect(fetched()).rejects.toThrow('s3://lake/sales/ could not be fetched: AccessDenied')
	process.env['PATH'] = '/nowhere'
	await expect(fetched()).rejects.toThrow('is not installed')
})
