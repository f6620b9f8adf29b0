import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Operator, OperatorOf } from '#model/operators.ts'
import { float, int, text } from '#model/types.ts'
import type { Row } from '#model/values.ts'
import { base, column, flow, job, link, schema, tableSource, tableTarget } from '../../support/model-builder.ts'
import { runBoth, startSpark, warmUp } from '../../support/run-flow.ts'

const engine = startSpark()
beforeAll(() => warmUp(engine))
afterAll(() => engine.close())

const posts = schema(column('id', int(32)), column('body', text(200)))
const post = (id: bigint, body: string | null): Row => ({ id, body })

function written(actual: Awaited<ReturnType<typeof runBoth>>['actual']): readonly Record<string, unknown>[] {
	if (!('OUT' in actual) || typeof actual['OUT'] === 'string') throw new Error('nothing was written')
	return actual['OUT'].map((line) => JSON.parse(line) as Record<string, unknown>)
}

it('counts the terms of a list in texts: the shortest first, plurals with their singular', async () => {
	const list = schema(column('word', text(40)))
	const out = schema(...posts.columns, column('term', text(40)), column('times', int(32)))
	const count: Operator = {
		...base('COUNT'),
		kind: 'term-lookup',
		text: 'body',
		caseless: true,
		list: 'word',
		term: 'term',
		frequency: 'times',
	}
	const model = job(
		flow(
			[tableSource('POSTS', posts), tableSource('LIST', list), count, tableTarget('OUT', out)],
			[link('POSTS > COUNT.in', posts), link('LIST > COUNT.reference', list), link('COUNT.out > OUT', out)],
		),
	)
	const { expected, actual, script } = await runBoth(engine, model, {
		POSTS: [
			post(1n, "The student's bicycle: students like BICYCLES!"),
			post(2n, 'Windows 7 Professional, not doors'),
			post(3n, 'New York stories\n\nA story of new-york. York'),
			post(4n, null),
			post(5n, 'the glasses of a boss'),
		],
		LIST: [
			'student',
			'Bicycle',
			'bicycles',
			'Windows',
			'Windows 7 Professional',
			'new york',
			'York story',
			'story',
			'boss',
			null,
			'#',
		].map((word) => ({ word })),
	})
	expect(actual, script).toEqual(expected)
	expect(written(actual).map((row) => [row['id'], row['term'], row['times']])).toEqual([
		[1, 'Bicycle', 1],
		[1, 'bicycles', 1],
		[1, 'student', 2],
		[2, 'Windows', 1],
		[3, 'new york', 1],
		[3, 'story', 2],
		[5, 'boss', 1],
	])
})

const extract = (changes: Partial<OperatorOf<'term-extraction'>> = {}): Operator => ({
	...base('FIND'),
	kind: 'term-extraction',
	text: 'body',
	caseless: true,
	finds: 'both',
	mostWords: 3,
	mostCharacters: 20,
	least: 1,
	scoring: 'frequency',
	term: 'term',
	score: 'score',
	...changes,
})
const scores = schema(column('term', text(20)), column('score', float(64)))

async function find(operator: Operator, rows: readonly Row[]) {
	const model = job(
		flow(
			[tableSource('POSTS', posts), operator, tableTarget('OUT', scores)],
			[link('POSTS > FIND.in', posts), link('FIND.out > OUT', scores)],
		),
	)
	const { expected, actual, script } = await runBoth(engine, model, { POSTS: rows })
	expect(actual, script).toEqual(expected)
	return Object.fromEntries(written(actual).map((row) => [String(row['term']), row['score']]))
}

it('finds words in their singular and runs of words between words of grammar', async () => {
	const rows = [post(1n, 'The blue bicycles are in 2 Boxes. Children read-only; a bicycle!'), post(2n, null)]
	expect(await find(extract(), rows)).toEqual({
		blue: 1,
		bicycle: 2,
		'blue bicycle': 1,
		box: 1,
		'2 box': 1,
		child: 1,
		'read-only': 1,
		'children read-only': 1,
	})
	expect(await find(extract({ finds: 'words', caseless: false, mostCharacters: 5, least: 1 }), rows)).toEqual({
		blue: 1,
		Box: 1,
	})
	expect(await find(extract({ finds: 'phrases', mostWords: 1 }), rows)).toEqual({})
})

it('leaves out what is rare, and weighs by the rows that have a term', async () => {
	const rows = [post(1n, 'data; data'), post(2n, 'data and proof'), post(3n, 'proof'), post(4n, 'once')]
	expect(await find(extract({ least: 2, scoring: 'tfidf' }), rows)).toEqual({
		data: 3 * Math.log(2),
		proof: 2 * Math.log(2),
	})
})
