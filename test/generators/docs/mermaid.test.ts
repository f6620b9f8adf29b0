import { describe, expect, it } from 'vitest'
import { label, mermaid } from '#generators/docs/mermaid.ts'
import { flow, link, schema, tableSource, tableTarget } from '../../support/model-builder.ts'

const columns = schema('A')

describe('lineage picture', () => {
	it('draws operators as nodes with safe ids and links as labelled edges', () => {
		const picture = mermaid(
			flow([tableSource('end', columns), tableTarget('graph', columns)], [link('end > graph', columns, 'rows')]),
		)
		expect(picture).toEqual(['flowchart LR\n    n0[("end")]\n    n1[("graph")]\n    n0 -->|"rows"| n1'])
	})

	it.each(['a"b', 'a]b', '<script>', 'a|b', 'a`b', 'x;y', '#35;', 'line\nbreak', '{{x}}'])(
		'keeps %j inside its label',
		(name) => {
			const inside = label(name).slice(1, -1)
			expect(inside.replaceAll(/#\d+;/g, '')).not.toMatch(/["<>`|;#[\](){}\n]/)
		},
	)

	it('draws a flow of more edges than GitHub shows in several pictures, without losing one', () => {
		const targets = Array.from({ length: 900 }, (_none, index) => `T${index}`)
		const pictures = mermaid(
			flow(
				[tableSource('S', columns), ...targets.map((name) => tableTarget(name, columns))],
				targets.map((name) => link(`S > ${name}`, columns)),
			),
		)
		const edges = pictures.map((picture) => picture.split('-->').length - 1)
		expect(edges.reduce((sum, count) => sum + count, 0)).toBe(900)
		expect(Math.max(...edges)).toBeLessThanOrEqual(400)
		expect(Math.max(...pictures.map(({ length }) => length))).toBeLessThanOrEqual(50_000)
	})
})
