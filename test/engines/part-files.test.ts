import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { partFiles, readPart } from '#engines/part-files.ts'

let folder = ''
beforeEach(() => {
	folder = mkdtempSync(path.join(tmpdir(), 'reglue-parts-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const part = (number: number, id: string): string =>
	`part-0000${number}-${id.repeat(8)}-0000-4000-8000-${id.repeat(12)}-c000.txt`

function put(name: string, second: number): void {
	writeFileSync(path.join(folder, name), name)
	utimesSync(path.join(folder, name), second, second)
}

const names = (place: string): readonly string[] => partFiles(place).map((file) => path.basename(file))

describe('part files', () => {
	it('of one write come in the order of their names, whichever was ready first', () => {
		put(part(1, 'a'), 10)
		put(part(0, 'a'), 20)
		expect(names(folder)).toEqual([part(0, 'a'), part(1, 'a')])
	})

	it('that were appended come after those to which they were', () => {
		put(part(0, 'b'), 10)
		put(part(1, 'b'), 30)
		put(part(0, 'a'), 40)
		expect(names(folder)).toEqual([part(0, 'b'), part(1, 'b'), part(0, 'a')])
	})

	it('that were packed are read unpacked', () => {
		writeFileSync(path.join(folder, 'part-0.txt.gz'), gzipSync('rows\n'))
		put('part-1.txt', 10)
		expect(partFiles(folder).map((file) => readPart(file).toString())).toEqual(['rows\n', 'part-1.txt'])
	})

	it('with names of somebody else come by name', () => {
		put('2.csv', 10)
		put('1.csv', 10)
		put('_SUCCESS', 5)
		put('.1.csv.crc', 5)
		expect(names(folder)).toEqual(['1.csv', '2.csv'])
	})

	it('may be one file, or nothing', () => {
		put('one.txt', 1)
		expect(partFiles(path.join(folder, 'one.txt'))).toEqual([path.join(folder, 'one.txt')])
		expect(partFiles(path.join(folder, 'none'))).toEqual([])
		mkdirSync(path.join(folder, 'empty'))
		expect(partFiles(path.join(folder, 'empty'))).toEqual([])
	})
})
