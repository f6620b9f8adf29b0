/** Which outputs must carry the order of their rows, because something below them depends on it. */
import type { DataFlow, Link, Operator } from '#model/operators.ts'
import { changeOf, isInside } from '#model/places.ts'
import type { PivotOperator } from '#model/reshaping.ts'

export interface OrderNeeds {
	/** Operators whose outputs must know their order. */
	readonly carriers: ReadonlySet<string>
	/** Sorts whose rows reach a target in that order by steps that move no row: these sort for real. */
	readonly sorting: ReadonlySet<string>
	/** Operators whose rows come in an order that the source promises. */
	readonly sorted: ReadonlySet<string>
}

const inPlace: ReadonlySet<Operator['kind']> = new Set(['project', 'filter', 'route', 'observe', 'unpivot', 'checksum'])

/** Kinds that give rows on in the order in which they came, perhaps after moving them. */
const keeping: ReadonlySet<Operator['kind']> = new Set([
	...inPlace,
	'lookup',
	'slowly-changing',
	'similar-group',
	'similar-lookup',
	'term-lookup',
	'distinct',
	'number',
	'stateful',
	'repeat',
	'look-ahead',
	'replay',
	'sample',
	'unpivot',
	'command',
	'script',
])

export function orderNeeds(flow: DataFlow): OrderNeeds {
	const sorted = sortedOutputs(flow)
	const below = new Map<string, readonly Link[]>(
		flow.operators.map(({ id }) => [id, flow.links.filter(({ from }) => from.operator === id)]),
	)
	const operators = new Map(flow.operators.map((operator) => [operator.id, operator]))
	const carriers = new Set<string>()
	const sorting = new Set<string>()
	for (const operator of flow.operators.toReversed()) {
		const consumers = (below.get(operator.id) ?? []).flatMap((link) => {
			const consumer = operators.get(link.to.operator)
			return consumer === undefined ? [] : [{ link, consumer }]
		})
		if (consumers.some(({ link, consumer }) => needsOrder(consumer, link.to.port, carriers, sorted, operator.id))) {
			carriers.add(operator.id)
		}
		const reaches = consumers.some(
			({ consumer }) => consumer.kind === 'write' || (inPlace.has(consumer.kind) && sorting.has(consumer.id)),
		)
		if (reaches) sorting.add(operator.id)
	}
	return { carriers, sorting, sorted }
}

function sortedOutputs(flow: DataFlow): ReadonlySet<string> {
	const sorted = new Set<string>()
	for (const operator of flow.operators) {
		const feeds = flow.links.some(
			({ from, to }) => to.operator === operator.id && to.port === 'in' && sorted.has(from.operator),
		)
		const own =
			operator.kind === 'sort' ||
			(operator.kind === 'aggregate' && operator.ordered) ||
			(operator.kind === 'union' && operator.how === 'sorted')
		if (own || (feeds && keeping.has(operator.kind))) sorted.add(operator.id)
	}
	return sorted
}

/** A pivot that goes by value alone, over all rows of a key, has the same result in any order. */
function pivotNeedsOrder({ grouping, keys, columns }: PivotOperator): boolean {
	const isKey = (name: string): boolean =>
		keys.some(({ column, collation }) => column === name && collation === 'binary')
	return (
		grouping === 'runs' ||
		columns.some(({ take }) => take.kind === 'place' || (take.kind === 'first' && !isKey(take.column)))
	)
}

function needsOrder(
	consumer: Operator,
	port: string,
	carriers: ReadonlySet<string>,
	sorted: ReadonlySet<string>,
	source: string,
): boolean {
	const below = carriers.has(consumer.id)
	switch (consumer.kind) {
		case 'write':
			return sorted.has(source) || changeOf(consumer.target) !== undefined || isInside(consumer.target)
		case 'distinct':
		case 'number':
		case 'stateful':
		case 'look-ahead':
		case 'replay':
		case 'sample':
		case 'command':
		case 'maintain-dimension':
			return true
		case 'change-capture':
		case 'change-apply':
			return true
		case 'pivot':
			return below || pivotNeedsOrder(consumer)
		case 'gather':
		case 'generate':
			return true
		case 'script':
			return consumer.remembers || below
		case 'sort':
			return consumer.unique || below
		case 'aggregate':
			return (
				consumer.measures.some(({ function: name }) => name === 'first' || name === 'last') ||
				consumer.keys.some(({ collation }) => collation !== 'binary')
			)
		case 'lookup':
			return port === 'reference' ? consumer.match !== 'all' || below : below
		case 'similar-group':
			return true
		case 'similar-lookup':
			return port === 'reference' || below
		case 'term-lookup':
			return port === 'in' && below
		case 'term-extraction':
			return false
		case 'slowly-changing':
			return port === 'dimension' || below
		case 'unpivot':
		case 'spread':
		case 'checksum':
		case 'project':
		case 'filter':
		case 'route':
		case 'observe':
		case 'join':
		case 'repeat':
		case 'union':
			return below
		case 'read':
		case 'opaque':
			return false
	}
}
