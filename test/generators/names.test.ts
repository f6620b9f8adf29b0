import { describe, expect, it } from 'vitest'
import { identifier, jobSlugs, Names, slug } from '#generators/names.ts'

describe('slug', () => {
	it.each([
		['RETAIL_DATA_MART', 'retail_data_mart'],
		['lnkCustomers', 'lnk_customers'],
		['OLE DB Source', 'ole_db_source'],
		['Zürich Größe', 'zurich_gro_e'],
		['../../x"; import os #', 'x_import_os'],
	])('%s becomes %s', (name, expected) => {
		expect(slug(name)).toBe(expected)
	})

	it('is never empty, and different for different names that hold no letter', () => {
		expect(slug('***')).toMatch(/^unnamed_[0-9a-f]{8}$/)
		expect(slug('***')).not.toBe(slug('???'))
	})

	it('shortens long names without making them equal', () => {
		const [one, other] = [slug(`${'very_long_'.repeat(9)}a`), slug(`${'very_long_'.repeat(9)}b`)]
		expect(one.length).toBeLessThanOrEqual(60)
		expect(one).not.toBe(other)
	})
})

describe('identifier', () => {
	it.each([
		['class', 'class_'],
		['L', 'l_'],
		['F', 'f_'],
		['1st', 'n1st'],
		['Params', 'params_'],
	])('%s becomes %s, which Python and the script leave free', (name, expected) => {
		expect(identifier(name)).toBe(expected)
	})
})

it('hands a name out once', () => {
	const names = new Names(['run'])
	expect([names.take('a'), names.take('a'), names.take('run')]).toEqual(['a', 'a_2', 'run_2'])
})

it('gives jobs of the same slug names that do not depend on their order', () => {
	const jobs = [
		{ id: 'a.dsx#Load', name: 'Load' },
		{ id: 'b.dsx#LOAD', name: 'LOAD' },
		{ id: 'b.dsx#Other', name: 'Other' },
	]
	expect(jobSlugs(jobs.toReversed())).toEqual(jobSlugs(jobs))
	expect(new Set(jobSlugs(jobs).values()).size).toBe(3)
	expect(jobSlugs(jobs).get('b.dsx#Other')).toBe('other')
})
