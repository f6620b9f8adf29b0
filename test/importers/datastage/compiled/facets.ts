/** What a compiled operator says, and what the model says of the same stage, as texts that can be compared one by one. */
import type { Job } from '#model/job.ts'
import type { Operator, OperatorKind, OperatorOf } from '#model/operators.ts'
import type { Column, DataType } from '#model/types.ts'
import type { OshColumn, OshOperator } from './osh.ts'

export interface Facet {
	/** `keys`, `input order`, `column NAME`. */
	readonly what: string
	readonly compiled: string
	readonly ours: string
}

/** Operators that move rows between partitions or look at them; they stand for no stage of their own. */
const moving: ReadonlySet<string> = new Set([
	'same',
	'entire',
	'hash',
	'roundrobin',
	'random',
	'range',
	'modulus',
	'ordered',
	'auto',
])
export const isStage = ({ operator, stage }: OshOperator): boolean => !moving.has(operator) && !stage.includes('.')

/** Facets of a stage that the model understands; undefined when the stage is opaque, or no other element than this one. */
export function facetsOf(osh: OshOperator, job: Job): readonly Facet[] | undefined {
	const element = `${job.name}/${osh.stage}`
	const item = job.accounting.find(({ id }) => id === element)
	if (item === undefined || item.outcome === 'opaque') return undefined
	const flow = job.flows[0]
	const operators = flow?.operators.filter((operator) => operator.element === element) ?? []
	return [...own(osh, operators), ...inputOrder(osh, job, operators), ...outputColumns(osh, job, operators)]
}

const facet = (what: string, compiled: string, ours: string): Facet => ({ what, compiled, ours })
const values = (osh: OshOperator, name: string): readonly string[] =>
	osh.options.filter((option) => option.name === name).flatMap((option) => option.values)
const has = (osh: OshOperator, name: string): string => String(osh.options.some((option) => option.name === name))

function find<K extends OperatorKind>(operators: readonly Operator[], kind: K): OperatorOf<K> | undefined {
	return operators.find((operator): operator is OperatorOf<K> => operator.kind === kind)
}

const joins: Readonly<Record<string, string>> = {
	innerjoin: 'inner',
	leftouterjoin: 'left',
	rightouterjoin: 'right',
	fullouterjoin: 'full',
}

function own(osh: OshOperator, operators: readonly Operator[]): readonly Facet[] {
	const kinds = operators.map(({ kind }) => kind).join(' ')
	switch (osh.operator) {
		case 'innerjoin':
		case 'leftouterjoin':
		case 'rightouterjoin':
		case 'fullouterjoin': {
			const join = find(operators, 'join')
			return [
				facet('kind of join', joins[osh.operator] ?? '', join?.how ?? kinds),
				facet('keys', values(osh, 'key').join(), join?.keys.map(({ left }) => left).join() ?? ''),
			]
		}
		case 'lookup':
			return lookupFacets(osh, operators)
		case 'group':
			return groupFacets(osh, operators)
		case 'tsort':
		case 'psort': {
			const sort = find(operators, 'sort')
			const ours = sort?.keys.map(
				({ column, direction, collation }) =>
					`${column} ${direction === 'descending' ? 'desc' : 'asc'} ${collation === 'caseless' ? 'ci' : 'cs'}`,
			)
			return [
				facet('sort keys', sortKeys(osh).join(), ours?.join() ?? kinds),
				facet('stable', osh.operator === 'psort' ? 'true' : has(osh, 'stable'), String(sort?.stable)),
				facet('unique', has(osh, 'unique'), String(sort?.unique)),
				facet('key change', has(osh, 'flagKey'), String(sort?.keyChange !== undefined)),
			]
		}
		case 'remdup': {
			const distinct = find(operators, 'distinct')
			return [
				facet('keys', values(osh, 'key').join(), distinct?.keys.map(({ column }) => column).join() ?? kinds),
				facet('kept row', values(osh, 'keep').join(), distinct?.keep ?? ''),
			]
		}
		case 'head': {
			const sample = find(operators, 'sample')
			const rows = sample?.how === 'head' ? String(sample.rows) : kinds
			return [facet('rows', values(osh, 'nrecs').join(), rows)]
		}
		case 'filter': {
			const route = find(operators, 'route')
			return [
				facet(
					'conditions',
					values(osh, 'where').join('; '),
					route?.routes.map(({ condition }) => condition?.text).join('; ') ?? kinds,
				),
			]
		}
		case 'funnel':
		case 'sequence':
		case 'sortfunnel': {
			const hows: Readonly<Record<string, string>> = { funnel: 'arrival', sequence: 'sequence', sortfunnel: 'sorted' }
			return [facet('kind of funnel', hows[osh.operator] ?? '', find(operators, 'union')?.how ?? kinds)]
		}
		case 'import':
		case 'export':
			return fileFacets(osh, operators)
		case 'generator': {
			const generate = find(operators, 'generate')
			return [
				...(values(osh, 'records').length === 0
					? []
					: [
							facet(
								'rows',
								values(osh, 'records').join(),
								generate?.rows === undefined ? kinds : JSON.stringify(generate.rows),
							),
						]),
				...columnFacets(osh.schema, generate?.columns ?? []),
			]
		}
		default:
			return []
	}
}

/** A key that is converted first stands in a column of its own, called after it. */
function lookupFacets(osh: OshOperator, operators: readonly Operator[]): readonly Facet[] {
	const lookups = operators.filter((operator): operator is OperatorOf<'lookup'> => operator.kind === 'lookup')
	const tables: string[][] = []
	for (const { name, values: given } of osh.options) {
		if (name === 'table') tables.push([])
		if (name === 'key') tables.at(-1)?.push(...given)
	}
	const ours = lookups.map(({ keys }) => keys.map(({ left }) => left.replace(/_key$/, '')).toSorted())
	const policies = new Set(lookups.map(({ onMiss }) => onMiss))
	return [
		facet(
			'lookup keys',
			tables.map((keys) => keys.toSorted().join()).join('; '),
			ours.map((keys) => keys.join()).join('; '),
		),
		facet('not found', values(osh, 'ifNotFound').join() || 'fail', [...policies].join()),
	]
}

const measureNames: Readonly<Record<string, string>> = {
	sum: 'sum',
	min: 'min',
	max: 'max',
	mean: 'mean',
	count: 'count',
	missing: 'count-missing',
	first: 'first',
	last: 'last',
}

function groupFacets(osh: OshOperator, operators: readonly Operator[]): readonly Facet[] {
	const aggregate = find(operators, 'aggregate')
	const compiled: string[] = []
	let reduced = ''
	for (const {
		name,
		values: [value = ''],
	} of osh.options) {
		if (name === 'reduce') reduced = value
		if (name === 'countField') compiled.push('count-rows')
		const measure = measureNames[name]
		if (measure !== undefined) compiled.push(`${measure} ${reduced}`)
	}
	const ours = aggregate?.measures.map((measure) => `${measure.function} ${measure.column ?? ''}`.trim()) ?? []
	return [
		facet('keys', values(osh, 'key').join(), aggregate?.keys.map(({ column }) => column).join() ?? ''),
		facet('measures', compiled.toSorted().join(), ours.toSorted().join()),
		facet('sorted groups', has(osh, 'sort'), String(aggregate?.ordered)),
	]
}

function sortKeys(osh: OshOperator): readonly string[] {
	const keys: { column: string; direction: string; collation: string }[] = []
	for (const {
		name,
		values: [value = ''],
	} of osh.options) {
		if (name === 'key') keys.push({ column: value, direction: 'asc', collation: 'cs' })
		const last = keys.at(-1)
		if (last === undefined) continue
		if (name === 'desc') last.direction = 'desc'
		if (name === 'ci') last.collation = 'ci'
	}
	return keys.map(({ column, direction, collation }) => `${column} ${direction} ${collation}`)
}

function fileFacets(osh: OshOperator, operators: readonly Operator[]): readonly Facet[] {
	const read = find(operators, 'read')
	const write = find(operators, 'write')
	const project = operators.find(
		(operator): operator is OperatorOf<'project'> =>
			operator.kind === 'project' && operator.columns.some(({ name }) => name === osh.schema[0]?.name),
	)
	const place = read?.source ?? write?.target
	const path = place?.kind === 'text-file' ? place.path.text : ''
	// A parameter is `[&"P"]` there and `#P#` in the design; a backslash is escaped twice.
	const compiled = values(osh, 'file').map((file) =>
		file.replaceAll(/\[&[\\"]*([^"\\\]]+)[\\"]*\]/g, '#$1#').replaceAll('\\\\\\\\', '\\'),
	)
	const columns = osh.operator === 'import' ? (project?.columns ?? []) : []
	return [facet('file', compiled.join(), path), ...columnFacets(osh.schema, columns)]
}

/** A column that the model does not have is a disagreement; where it has none at all (text targets), nothing is compared. */
function columnFacets(
	schema: readonly OshColumn[],
	columns: readonly Pick<Column, 'name' | 'type' | 'nullable'>[],
): readonly Facet[] {
	if (columns.length === 0) return []
	return schema.map(({ name, type }) => {
		const column = columns.find((one) => one.name === name)
		return facet(`column ${name}`, type, column === undefined ? 'missing' : oshType(column.type, column.nullable))
	})
}

/** A type as the compiler spells it. */
function oshType(type: DataType, nullable: boolean): string {
	return `${nullable ? 'nullable ' : ''}${plainType(type)}`
}

function plainType(type: DataType): string {
	switch (type.kind) {
		case 'string': {
			const name = type.unicode ? 'ustring' : 'string'
			if (type.length === undefined) return `${name}[]`
			return `${name}[${type.fixed ? '' : 'max='}${type.length}]`
		}
		case 'int':
			return `${type.signed ? '' : 'u'}int${type.bits}`
		case 'decimal':
			return `decimal[${type.precision},${type.scale}]`
		case 'float':
			return type.bits === 32 ? 'sfloat' : 'dfloat'
		case 'time':
		case 'timestamp':
			return type.digits === 0 ? type.kind : `${type.kind}[microseconds]`
		case 'binary':
			return type.length === undefined ? 'raw[]' : `raw[max=${type.length}]`
		default:
			return type.kind
	}
}

/** Links into the stage in the order of its input ports; an operator in front (a sort on the link) is part of the stage. */
function inputOrder(osh: OshOperator, job: Job, operators: readonly Operator[]): readonly Facet[] {
	const ids = new Set(operators.map(({ id }) => id))
	const entering = (job.flows[0]?.links ?? []).filter(({ from, to }) => ids.has(to.operator) && !ids.has(from.operator))
	if (osh.inputs.length < 2 || entering.length < 2) return []
	return [facet('input order', osh.inputs.map(({ link }) => link).join(), entering.map(({ name }) => name).join())]
}

/** Columns that leave by each link; the compiler names them where it says what to keep. */
function outputColumns(osh: OshOperator, job: Job, operators: readonly Operator[]): readonly Facet[] {
	const ids = new Set(operators.map(({ id }) => id))
	const leaving = (job.flows[0]?.links ?? []).filter(({ from, to }) => ids.has(from.operator) && !ids.has(to.operator))
	return osh.outputs.flatMap((output): readonly Facet[] => {
		const link = leaving.find(({ name }) => name === output.link)
		if (output.keep === undefined || link === undefined) return []
		const replaced = new Set(output.renamed.values())
		const compiled = [
			...new Set([...output.keep.filter((name) => !replaced.has(name)), ...output.renamed.keys()]),
		].toSorted()
		return [
			facet(
				`columns of ${output.link}`,
				compiled.join(),
				link.schema.columns
					.map(({ name }) => name)
					.toSorted()
					.join(),
			),
		]
	})
}
