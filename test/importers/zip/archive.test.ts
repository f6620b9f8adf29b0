import AdmZip from 'adm-zip'
import { describe, expect, it } from 'vitest'
import { isArchive, openArchive } from '#importers/zip/archive.ts'
import type { Diagnostic } from '#model/diagnostics.ts'

function zip(members: Readonly<Record<string, string>>): Buffer {
	const archive = new AdmZip()
	for (const [name, text] of Object.entries(members)) archive.addFile(name, Buffer.from(text))
	return archive.toBuffer()
}

function contents(bytes: Uint8Array): { readonly texts: readonly string[]; readonly problems: readonly Diagnostic[] } {
	const { members, diagnostics } = openArchive('a.isx', bytes)
	const problems = [...diagnostics]
	const texts = members.flatMap((member) => {
		const read = member.read((diagnostic) => problems.push(diagnostic))
		return read === undefined ? [] : [`${member.path}: ${new TextDecoder().decode(read)}`]
	})
	return { texts, problems }
}

const codes = (problems: readonly Diagnostic[]) => problems.map(({ code, provenance }) => [code, provenance.path])

/** Sets a bit of the flags of the first member, in its own header and in the directory. */
function withFlag(bytes: Buffer, flag: number): Buffer {
	const changed = Buffer.from(bytes)
	changed.writeUInt16LE(changed.readUInt16LE(6) | flag, 6)
	const directory = changed.indexOf(Buffer.from([0x50, 0x4b, 1, 2]))
	changed.writeUInt16LE(changed.readUInt16LE(directory + 8) | flag, directory + 8)
	return changed
}

describe('an archive', () => {
	it('gives its members', () => {
		const bytes = zip({ 'a/b.pjb': 'one', 'c.pst': 'two' })
		expect(isArchive(bytes)).toBe(true)
		expect(contents(bytes)).toEqual({ texts: ['a/b.pjb: one', 'c.pst: two'], problems: [] })
	})

	it('is one even when it is empty, and other files are none', () => {
		expect(isArchive(zip({}))).toBe(true)
		expect(isArchive(new TextEncoder().encode('PK is no archive'))).toBe(false)
	})

	it('that is cut off is damaged', () => {
		const { texts, problems } = contents(zip({ 'a.pjb': 'one' }).subarray(0, 40))
		expect(texts).toEqual([])
		expect(problems).toMatchObject([{ code: 'archive/damaged', severity: 'error', provenance: { file: 'a.isx' } }])
	})

	it('loses a member whose bytes are not those of its checksum, and keeps the others', () => {
		const bytes = zip({ 'a.pjb': 'x'.repeat(50), 'b.pjb': 'two' })
		const broken = Buffer.from(bytes)
		broken.writeUInt8(broken.readUInt8(40) ^ 0xff, 40)
		const { texts, problems } = contents(broken)
		expect(texts).toEqual(['b.pjb: two'])
		expect(codes(problems)).toEqual([['archive/damaged', 'a.pjb']])
	})

	it('keeps out members whose names lead outside', () => {
		const names = ['../up.pjb', '/etc/passwd', 'C:\\x.pjb', 'a/../../b.pjb', 'fine/..name.pjb']
		// The library cleans names when it writes; they are put in afterwards.
		const bytes = names.reduce(
			(text, name, index) => text.replaceAll(`name${index}`.padEnd(name.length, '-'), name),
			zip(Object.fromEntries(names.map((name, index) => [`name${index}`.padEnd(name.length, '-'), 'x']))).toString(
				'latin1',
			),
		)
		const { texts, problems } = contents(Buffer.from(bytes, 'latin1'))
		expect(texts).toEqual(['fine/..name.pjb: x'])
		expect(problems.map(({ code }) => code)).toEqual(Array(4).fill('archive/path'))
	})

	it('says that a member is encrypted', () => {
		const { texts, problems } = contents(withFlag(zip({ 'a.pjb': 'one', 'b.pjb': 'two' }), 1))
		expect(texts).toEqual(['b.pjb: two'])
		expect(problems).toMatchObject([{ code: 'archive/damaged', why: 'Reglue asks for no passwords.' }])
	})

	it('never unpacks more than the limits allow', () => {
		const bytes = zip({ 'bomb.pjb': 'x'.repeat(100_000), 'b.pjb': 'two' })
		const limits = { members: 10, memberBytes: 1000, totalBytes: 1_000_000 }
		const { members, diagnostics } = openArchive('a.isx', bytes, limits)
		expect(members.map(({ path }) => path)).toEqual(['b.pjb'])
		expect(codes(diagnostics)).toEqual([['archive/limit', 'bomb.pjb']])
		for (const less of [
			{ ...limits, totalBytes: 50_000 },
			{ ...limits, members: 1 },
		]) {
			const whole = openArchive('a.isx', bytes, less)
			expect(whole.members).toEqual([])
			expect(codes(whole.diagnostics)).toEqual([['archive/limit', '']])
		}
	})

	it('does not believe a size that is too small', () => {
		const bytes = Buffer.from(zip({ 'bomb.pjb': 'x'.repeat(100_000) }))
		const directory = bytes.indexOf(Buffer.from([0x50, 0x4b, 1, 2]))
		bytes.writeUInt32LE(100, directory + 24)
		const { texts, problems } = contents(bytes)
		expect(texts).toEqual([])
		expect(codes(problems)).toEqual([['archive/damaged', 'bomb.pjb']])
	})
})
