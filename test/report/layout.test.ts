import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { layOut } from '#report/picture/layout.ts'

const box = { width: 100, height: 40 }

describe('the layout of a picture', () => {
	it('puts a chain in a row', () => {
		const { boxes, width, height } = layOut(
			[box, box, box],
			[
				{ from: 0, to: 1 },
				{ from: 1, to: 2 },
			],
			'right',
		)
		expect(boxes.map(({ y }) => y)).toEqual([0, 0, 0])
		expect(boxes.map(({ x }) => x)).toEqual([0, 156, 312])
		expect({ width, height }).toEqual({ width: 412, height: 40 })
	})

	it('puts a source next to the first that needs it', () => {
		const { boxes } = layOut(
			[box, box, box, box],
			[
				{ from: 0, to: 1 },
				{ from: 1, to: 3 },
				{ from: 2, to: 3 },
			],
			'right',
		)
		expect(boxes[2]?.x).toBe(boxes[1]?.x)
	})

	it('turns by a quarter for control flows', () => {
		const { boxes } = layOut([box, box], [{ from: 0, to: 1 }], 'down')
		expect(boxes).toEqual([
			{ x: 0, y: 0 },
			{ x: 0, y: 96 },
		])
	})

	it('never lets boxes overlap, keeps all of them on the page, and draws every edge from box to box', () => {
		const graphs = fc.integer({ min: 1, max: 25 }).chain((size) =>
			fc.record({
				boxes: fc.array(
					fc.record({ width: fc.integer({ min: 10, max: 200 }), height: fc.integer({ min: 10, max: 90 }) }),
					{
						minLength: size,
						maxLength: size,
					},
				),
				edges: fc.array(fc.record({ from: fc.nat(size - 1), to: fc.nat(size - 1) }), { maxLength: 40 }),
				direction: fc.constantFrom('right', 'down'),
			}),
		)
		fc.assert(
			fc.property(graphs, ({ boxes, edges, direction }) => {
				const layout = layOut(boxes, edges, direction)
				const placed = boxes.map(({ width, height }, index) => ({ width, height, ...layout.boxes[index] }))
				for (const [index, one] of placed.entries()) {
					const { x = -1, y = -1 } = one
					expect(x).toBeGreaterThanOrEqual(0)
					expect(y).toBeGreaterThanOrEqual(-1e-6)
					expect(x + one.width).toBeLessThanOrEqual(layout.width + 1e-6)
					expect(y + one.height).toBeLessThanOrEqual(layout.height + 1e-6)
					for (const other of placed.slice(index + 1)) {
						const apart =
							x + one.width <= (other.x ?? 0) + 1e-6 ||
							(other.x ?? 0) + other.width <= x + 1e-6 ||
							y + one.height <= (other.y ?? 0) + 1e-6 ||
							(other.y ?? 0) + other.height <= y + 1e-6
						expect(apart).toBe(true)
					}
				}
				expect(layout.edges).toHaveLength(edges.length)
				for (const points of layout.edges) expect(points.length).toBeGreaterThanOrEqual(2)
			}),
		)
	})
})
