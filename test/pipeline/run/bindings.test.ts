import { describe, expect, it } from 'vitest'
import type { JobEntry, PlaceEntry } from '#generators/jobs-file.ts'
import { bindPlaces, parseBinding, parseParameter } from '#pipeline/run/bindings.ts'

function place(id: string, legacy: string, spelled = legacy, element = id): PlaceEntry {
	return {
		id,
		element,
		role: 'read',
		reject: false,
		kind: 'text-file',
		legacy,
		spelled,
		argument: `${id}_path`,
		connection: null,
		statement: null,
		call: false,
		columns: [],
		format: null,
	}
}

function job(...places: readonly PlaceEntry[]): JobEntry {
	return {
		name: 'j',
		id: 'f#J',
		title: 'J',
		description: '',
		script: 'glue_jobs/j.py',
		glue_version: '5.1',
		worker_type: 'G.1X',
		workers: 2,
		timeout_minutes: 60,
		retries: 0,
		arguments: [],
		places,
		connections: [],
	}
}

describe('a binding', () => {
	it('is split where the right side exists, for paths with an equals sign', () => {
		expect(parseBinding('C:\\a=b.txt=/tmp/x', (path) => path === '/tmp/x')).toEqual({
			old: 'C:\\a=b.txt',
			new: '/tmp/x',
		})
		expect(parseBinding('in=/not/there', () => false)).toEqual({ old: 'in', new: '/not/there' })
		expect(parseBinding('nothing', () => true)).toBeUndefined()
	})

	it('finds a place by its path in either spelling, with parameters replaced by this run’s values', () => {
		const entry = job(place('in', '/data/EU/x.txt', '/data/#REGION#/x.txt'))
		const bound = (old: string) => bindPlaces(entry, [{ old, new: '/tmp/x' }], new Map([['REGION', 'US']])).places.size
		expect([
			bound('/data/EU/x.txt'),
			bound('/data/US/x.txt'),
			bound('/data/#REGION#/x.txt'),
			bound('\\data\\EU\\x.txt'),
			bound('/data/x.txt'),
		]).toEqual([1, 1, 1, 1, 0])
	})

	it('means a place written and read again at both ends, but one element only when it names an element', () => {
		const entry = job(place('w', '/tmp/a'), place('r', '/tmp/a'), place('other', '/tmp/b', '/tmp/b', '/tmp/a'))
		expect([...bindPlaces(entry, [{ old: '/tmp/a', new: 'n' }], new Map()).places.keys()]).toEqual(['w', 'r'])
		expect([...bindPlaces(entry, [{ old: 'other', new: 'n' }], new Map()).places.keys()]).toEqual(['other'])
	})

	it('is reported when no place answers to it', () => {
		expect(bindPlaces(job(place('in', '/a')), [{ old: '/b', new: 'n' }], new Map()).unused).toEqual([
			{ old: '/b', new: 'n' },
		])
	})
})

describe('a parameter', () => {
	it('may be empty and hold anything', () => {
		expect(parseParameter('A=')).toEqual(['A', ''])
		expect(parseParameter('S.A=x=y')).toEqual(['S.A', 'x=y'])
		expect(parseParameter('=x')).toBeUndefined()
	})
})
