import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import type { PlaceEntry } from '#generators/jobs-file.ts'
import { text } from '#model/types.ts'
import { withoutHeader } from '#pipeline/run/without-header.ts'
import { withTemporaryFolder } from '../../engines/local-spark/support.ts'

const place = (header: boolean): PlaceEntry => ({
	id: 'JOB/IN',
	element: 'IN',
	role: 'read',
	reject: false,
	kind: 'text-file',
	legacy: '/in.csv',
	spelled: '/in.csv',
	argument: 'in_path',
	connection: null,
	statement: null,
	call: false,
	columns: ['ID', 'NAME', 'rejected'].map((name) => ({ name, type: text(), nullable: false })),
	format: { delimiter: ',', quote: null, header, encoding: 'utf-8', record_delimiter: '\n' },
})

const bound = (content: string, header = false): Promise<string> =>
	withTemporaryFolder(async (folder) => {
		const file = path.join(folder, 'in.csv')
		writeFileSync(file, content)
		return readFileSync(withoutHeader(place(header), file, folder), 'utf8')
	})

it('leaves out a line with the names of the columns where the place has no header', async () => {
	expect(await bound('id,"NAME"\r\n1,a\r\n')).toBe('1,a\r\n')
})
it.each(['1,a\n', 'ID\n1\n', 'NAME,ID\n', 'ID,NAME'])('keeps %j as it is', async (content) => {
	expect(await bound(content)).toBe(content)
})
it('keeps the header of a file that has one', async () =>
	expect(await bound('ID,NAME\n1,a\n', true)).toBe('ID,NAME\n1,a\n'))
