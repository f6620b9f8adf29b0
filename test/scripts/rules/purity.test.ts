import { describe, expect, it } from 'vitest'
import { checkPurity } from '../../../scripts/rules/purity.ts'

function reasons(text: string, path = 'src/importers/a.ts'): readonly string[] {
	return checkPurity([{ path, text }]).map(({ what }) => what.replace(/, but \w+ is a pure layer\.$/, ''))
}

describe('imports of a pure layer', () => {
	it.each(['node:fs', 'node:fs/promises', 'node:child_process', 'node:net', 'node:os'])('may not name %s', (module) => {
		expect(reasons(`import * as it from '${module}'`)).toEqual([`'${module}' reaches outside the program`])
	})

	it('may name packages that only compute', () => {
		expect(reasons(`import { SaxesParser } from 'saxes'\nimport path from 'node:path/posix'`)).toEqual([])
	})

	it('may not name packages that act', () => {
		expect(reasons(`import { simpleGit } from 'simple-git'`)).toEqual([`'simple-git' acts on the outside world`])
	})

	it('may take digests, not randomness, from node:crypto', () => {
		expect(reasons(`import { createHash } from 'node:crypto'`)).toEqual([])
		expect(reasons(`import { randomUUID } from 'node:crypto'`)).toEqual([
			`randomUUID of 'node:crypto' depends on more than its arguments`,
		])
		expect(reasons(`import * as crypto from 'node:crypto'`)).toHaveLength(1)
	})
})

describe('globals in a pure layer', () => {
	it.each([
		['Date.now()', 'Date.now brings in the clock'],
		['new Date()', 'Date without a time brings in the clock'],
		['Math.random()', 'Math.random brings in randomness'],
		['crypto.randomUUID()', 'crypto.randomUUID brings in randomness'],
		['process.env', 'process brings in the process'],
		['f(process)', 'process brings in the process'],
		['(a = process) => a', 'process brings in the process'],
		['({ process })', 'process brings in the process'],
		[`console.log('x')`, 'console brings in the terminal'],
		[`fetch('x')`, 'fetch brings in the network'],
		[`setTimeout(f, 1)`, 'setTimeout brings in the clock'],
	])('refuses %s', (code, reason) => {
		expect(reasons(`export const it = ${code}`)).toEqual([reason])
	})

	it.each([
		['a date that is given', 'new Date(0).toISOString()'],
		['pure mathematics', 'Math.floor(1.5)'],
		['a property of that name', 'job.process'],
		['a key of that name', '{ process: 1, console: 2 }'],
		['a parameter of that name', '(process: number) => process + 1'],
		['a name taken out of an object', '({ fetch }: Options) => fetch'],
		['the word in a text', `'process.env'`],
	])('accepts %s', (_, code) => {
		expect(reasons(`export const it = ${code}`)).toEqual([])
	})

	it('accepts the name as a type', () => {
		expect(reasons('export type Task = { readonly process: string }')).toEqual([])
	})
})

describe('the machine in a pure layer', () => {
	it('refuses the locale and the time zone of the machine', () => {
		expect(reasons('export const it = a.localeCompare(b)')).toEqual([
			`localeCompare without a locale follows the machine's`,
		])
		expect(reasons('export const it = date.getHours()')).toEqual(['getHours follows the time zone of the machine'])
	})

	it('accepts a named locale and UTC', () => {
		expect(reasons(`export const it = a.localeCompare(b, 'en')`)).toEqual([])
		expect(reasons('export const it = date.getUTCHours()')).toEqual([])
	})
})

it('leaves layers alone that may have effects', () => {
	expect(reasons(`import fs from 'node:fs'\nexport const now = Date.now()`, 'src/engines/a.ts')).toEqual([])
})

it('says where, why and what to do', () => {
	const text = 'export function stamp() {\n\treturn Date.now()\n}'
	expect(checkPurity([{ path: 'src/model/a.ts', text }])).toEqual([
		{
			file: 'src/model/a.ts',
			line: 2,
			what: 'Date.now brings in the clock, but model is a pure layer.',
			why: expect.stringContaining('same bytes'),
			remedy: expect.stringContaining('argument'),
		},
	])
})
