import { createHash } from 'node:crypto'
import type { SampleOperator } from '#model/operators.ts'
import type { Row } from '#model/values.ts'
import type { Interpreter } from '../context.ts'

export const sample: Interpreter<'sample'> = (operator, inputs) => {
	const rows = inputs['in'] ?? []
	const ports = rows.map((_row, index) => portOf(operator, index, rows.length))
	const taken = chosen(operator, rows.length)
	const at = (port: string): readonly Row[] =>
		rows.filter((_row, index) =>
			taken === undefined ? ports[index] === port : port === (taken.has(index) ? 'out' : 'rest'),
		)
	const shares = operator.how === 'percent' ? operator.shares.map(({ port }) => port) : ['out']
	return Object.fromEntries([...shares, 'rest'].map((port) => [port, at(port)]))
}

/** Where a row goes whose fate hangs on its place alone. */
function portOf(operator: SampleOperator, index: number, count: number): string {
	switch (operator.how) {
		case 'head': {
			const { skip, period = 1, rows = Infinity } = operator
			const place = (index - skip) / period
			return place >= 0 && Number.isInteger(place) && place < rows ? 'out' : 'rest'
		}
		case 'tail':
			return index >= count - operator.rows ? 'out' : 'rest'
		case 'percent': {
			const number = draw(operator.seed, index)
			let below = 0
			for (const { port, percent } of operator.shares) {
				below += percent
				if (number < threshold(below)) return port
			}
			return 'rest'
		}
		case 'rows':
			return 'rest'
	}
}

/** The rows with the smallest draws. */
function chosen(operator: SampleOperator, count: number): ReadonlySet<number> | undefined {
	if (operator.how !== 'rows') return undefined
	const draws = Array.from({ length: count }, (_none, index) => ({ index, number: draw(operator.seed, index) }))
	const sorted = draws.toSorted((left, right) => left.number - right.number || left.index - right.index)
	return new Set(sorted.slice(0, operator.rows).map(({ index }) => index))
}

/** A number from 0 to 2³² - 1 that looks random and follows from seed and place; the script computes the same. */
function draw(seed: number, index: number): number {
	const digest = createHash('md5')
		.update(`${seed}:${index + 1}`)
		.digest('hex')
	return Number.parseInt(digest.slice(0, 8), 16)
}

/** The draw below which that many hundredths of all draws lie. */
const threshold = (percent: number): number => Math.floor((percent * 2 ** 32) / 100)
