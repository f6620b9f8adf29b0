import { describe, expect, it } from 'vitest'
import { categoryOf, confidenceOf, levelOf, predictedCategory } from '#evidence/grade.ts'

describe('levels', () => {
	it('have no gaps', () => {
		expect(levelOf(new Set())).toBe('none')
		expect(levelOf(new Set(['E0', 'E2', 'E3']))).toBe('E0')
		expect(levelOf(new Set(['E0', 'E1', 'E2', 'E5']))).toBe('E2')
	})
	it('rise above E3 only from there', () => {
		expect(levelOf(new Set(['E0', 'E1', 'E2', 'E3', 'E4']))).toBe('E4')
		expect(levelOf(new Set(['E0', 'E1', 'E2', 'E3', 'E5']))).toBe('E5')
	})
})

describe('category', () => {
	const facts = {
		accounting: { opaque: 0 },
		level: 'E3',
		writtenByModel: false,
		refused: false,
		failed: false,
	} as const
	it('is AUTO only with equal rows, nothing opaque and nothing written by a model', () => {
		expect(categoryOf(facts)).toBe('AUTO')
		expect(categoryOf({ ...facts, writtenByModel: true })).toBe('SEMI-AUTO')
		expect(categoryOf({ ...facts, refused: true })).toBe('SEMI-AUTO')
		expect(categoryOf({ ...facts, level: 'E1' })).toBe('SEMI-AUTO')
	})
	it('is MANUAL when something is opaque, failed or not even well-formed', () => {
		expect(categoryOf({ ...facts, accounting: { opaque: 1 } })).toBe('MANUAL')
		expect(categoryOf({ ...facts, failed: true })).toBe('MANUAL')
		expect(categoryOf({ ...facts, level: 'E0' })).toBe('MANUAL')
	})
	it('is predicted from the accounting alone', () => {
		expect(predictedCategory({ opaque: 1, declared: 0 })).toBe('MANUAL')
		expect(predictedCategory({ opaque: 0, declared: 2 })).toBe('SEMI-AUTO')
		expect(predictedCategory({ opaque: 0, declared: 0 })).toBe('AUTO')
	})
})

describe('confidence', () => {
	const facts = {
		accounting: { total: 10, exact: 10, declared: 0, opaque: 0, dropped: 0 },
		level: 'E3',
		branches: { covered: 10, total: 10 },
		failed: false,
	} as const
	it('follows the formula of docs/evidence.md', () => {
		expect(confidenceOf(facts)).toBe(0.9)
		expect(confidenceOf({ ...facts, branches: { covered: 5, total: 10 } })).toBe(0.77)
		expect(confidenceOf({ ...facts, level: 'E1' })).toBe(0.5)
		expect(
			confidenceOf({ ...facts, accounting: { total: 10, exact: 4, declared: 2, opaque: 4, dropped: 0 }, level: 'E1' }),
		).toBe(0.29)
	})
	it('is at most 0.1 for a job that fails', () => {
		expect(confidenceOf({ ...facts, failed: true })).toBe(0.1)
	})
})
