import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { withWindowsLines } from '#pipeline/run/line-ends.ts'
import { withTemporaryFolder } from '../../engines/local-spark/support.ts'

const bound = (content: string | Buffer): Promise<string> =>
	withTemporaryFolder(async (folder) => {
		const file = path.join(folder, 'in.txt')
		writeFileSync(file, content)
		return readFileSync(withWindowsLines(file, folder), 'latin1')
	})

it('gives lines the ends that the job reads', async () => expect(await bound('a\nb\n')).toBe('a\r\nb\r\n'))

it.each(['a\r\nb\n', 'a', '', 'a\u0000\n'])('keeps %j as it is', async (content) =>
	expect(await bound(content)).toBe(content),
)

it('keeps every byte of another code page', async () =>
	expect(await bound(Buffer.from([0xe9, 0x0a]))).toBe('\u00e9\r\n'))

it('goes through a folder, in a copy', () =>
	withTemporaryFolder(async (folder) => {
		const given = path.join(folder, 'given')
		mkdirSync(path.join(given, 'below'), { recursive: true })
		writeFileSync(path.join(given, 'one.txt'), 'a\n')
		writeFileSync(path.join(given, 'below', 'two.txt'), 'b\r\n')
		const copy = withWindowsLines(given, folder)
		expect(readFileSync(path.join(copy, 'one.txt'), 'utf8')).toBe('a\r\n')
		expect(readFileSync(path.join(copy, 'below', 'two.txt'), 'utf8')).toBe('b\r\n')
		expect(readFileSync(path.join(given, 'one.txt'), 'utf8')).toBe('a\n')
	}))
