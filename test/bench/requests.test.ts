/** The counts themselves are in docs/benchmarks.md, with what justifies each bound. */
import { describe, expect, it } from 'vitest'
import type { Push } from '../../bench/requests.ts'
import { formerYears, manyExports, severalExports, withItsCheck } from '../../bench/requests.ts'

function stayWithin(pushes: readonly Push[]): void {
	expect(pushes.length).toBeGreaterThan(0)
	expect(pushes.filter(({ count, bound }) => count === 0 || count > bound)).toEqual([])
}

describe('requests of a push', { timeout: 120_000 }, () => {
	it('are few when one of several exports changes, and fewer when nothing does', async () =>
		stayWithin(await severalExports()))

	it('do not grow with the exports: 500 at once', async () => stayWithin(await manyExports()))

	it('and of its check: a text that is too long takes a few more, for the report beside it', async () =>
		stayWithin(await withItsCheck()))

	it('do not grow with what was merged in former years', async () => stayWithin([await formerYears()]))
})
