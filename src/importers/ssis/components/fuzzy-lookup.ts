/**
 * Fuzzy Lookup: the reference rows that are most like a row (Microsoft: Fuzzy Lookup Transformation). Its measure is not
 * published; the new job has a measure of its own, which the declared difference names.
 */
import type { SsisType } from '#languages/ssis/types.ts'
import type { KeyPair, ReadOperator, TakenColumn } from '#model/operators.ts'
import type { SimilarLookupOperator, SimilarPair } from '#model/similarity.ts'
import { connectionName } from '../connection-names.ts'
import type { Buffer, BufferColumn } from '../flow/buffer.ts'
import { byLineage, extend, schemaOf } from '../flow/buffer.ts'
import { connectionOf } from '../flow/database-source.ts'
import { EXACT, likenessOf, textRefusal, threshold } from '../flow/likeness.ts'
import { referenceColumns } from '../flow/lookup-reference.ts'
import type { ComponentContext, Refusal } from '../flow/parts.ts'
import { add, base, connect, declare, mainInput, mainOutput, port, refuse } from '../flow/parts.ts'
import { pickColumns } from '../flow/pick-columns.ts'
import { referenced, unescapeText, whole } from '../formats/properties.ts'
import type { OutputRecord } from '../formats/records.ts'
import { UniqueNames } from '../formats/unique-names.ts'
import { textOf } from '../package-scope.ts'

/** `ColumnType` of output columns: passing or taken (0), and the scores. */
const SIMILARITY = 1
const CONFIDENCE = 2
const COLUMN_SIMILARITY = 3

const score: SsisType = { name: 'DT_R4' }

export function lowerFuzzyLookup(context: ComponentContext): Refusal | undefined {
	const { component } = context
	const [input, output] = [mainInput(component), mainOutput(component)]
	const connection = connectionOf(context)
	const table = unescapeText(component.properties.get('ReferenceTableName') ?? '')
	if (input === undefined || output === undefined) return refuse('it has no input or no output')
	if (connection === undefined || table.trim() === '') return refuse('its reference table or connection is not there')
	const matches = whole(component.properties.get('MaxOutputMatchesPerInput'), 1)
	if (matches < 1) return refuse('it gives no match')
	const arriving = context.arriving(input)
	const pairs = joinPairs(context, arriving)
	if ('reason' in pairs) return pairs
	const plan = planOutput(output, arriving, pairs)
	if ('reason' in plan) return plan
	const wanted = [...pairs.wanted, ...plan.wanted]
	const metadata = unescapeText(component.properties.get('ReferenceMetadataXml') ?? '')
	const names = new Set(wanted.map(({ name }) => name))
	const columns = referenceColumns(metadata, wanted).filter(({ name }) => names.has(name))
	const read: ReadOperator = {
		...base(context, 'reference'),
		kind: 'read',
		source: { kind: 'table', connection: connectionName(connection), table: textOf(table) },
		schema: schemaOf(columns),
	}
	const operator: SimilarLookupOperator = {
		...base(context),
		kind: 'similar-lookup',
		equal: pairs.equal,
		similar: pairs.similar.map(({ pair, lineage }) => {
			const similarity = plan.each.get(lineage)
			return similarity === undefined ? pair : { ...pair, similarity }
		}),
		minimum: threshold(component.properties.get('MinSimilarity')),
		matches,
		take: plan.take,
		similarity: plan.similarity,
		confidence: plan.confidence,
	}
	add(context, read, operator)
	connect(context, { from: port(read, 'out'), buffer: columns }, port(operator, 'reference'))
	context.parts.takes.set(input.id, port(operator, 'in'))
	pickColumns(context, { from: port(operator, 'out'), buffer: [...arriving, ...plan.made] }, output, plan.feeds)
	declare(context, 'RG-D140', `It compares ${pairs.similar.map(({ pair }) => pair.left).join(', ')}.`)
	declare(context, 'RG-D003', 'Of reference rows that are equally similar, the first that the database returns counts.')
	return undefined
}

interface Pairs {
	readonly equal: readonly KeyPair[]
	readonly similar: readonly { readonly pair: SimilarPair; readonly lineage: string }[]
	/** Columns of the reference, each with the type of the column that meets it. */
	readonly wanted: Buffer
}

function joinPairs(context: ComponentContext, arriving: Buffer): Pairs | Refusal {
	const equal: KeyPair[] = []
	const similar: { readonly pair: SimilarPair; readonly lineage: string }[] = []
	const wanted: BufferColumn[] = []
	for (const { name, lineage, properties } of mainInput(context.component)?.columns ?? []) {
		const source = byLineage(arriving, lineage)
		const right = unescapeText(properties.get('JoinToReferenceColumn') ?? '')
		if (source === undefined) return refuse(`the column ${name} does not arrive`)
		if (right === '') continue
		wanted.push({ ...source, name: right })
		if (whole(properties.get('JoinType'), 2) === EXACT) {
			equal.push({ left: source.name, right, collation: 'binary' })
			continue
		}
		const refusal = textRefusal(source)
		if (refusal !== undefined) return refusal
		const pair = { left: source.name, right, minimum: threshold(properties.get('MinSimilarity')) }
		similar.push({ lineage, pair: { ...pair, ...likenessOf(context.component, properties) } })
	}
	return similar.length === 0 ? refuse('it compares no column by how like it is') : { equal, similar, wanted }
}

interface OutputPlan {
	readonly take: readonly TakenColumn[]
	readonly similarity: string
	readonly confidence: string
	/** Names of the similarities of single columns, by the lineage of the column. */
	readonly each: ReadonlyMap<string, string>
	/** Columns that the operator adds. */
	readonly made: Buffer
	/** By output column: the column that feeds it. */
	readonly feeds: ReadonlyMap<string, BufferColumn>
	readonly wanted: Buffer
}

function planOutput(output: OutputRecord, arriving: Buffer, pairs: Pairs): OutputPlan | Refusal {
	const names = new UniqueNames()
	for (const { name } of arriving) names.take(name)
	const made: BufferColumn[] = []
	const make = (name: string, type: SsisType): BufferColumn => {
		const column = { lineage: `made ${name}`, name: names.take(name), type, sortKey: 0 }
		made.push(column)
		return column
	}
	const similarity = make('_Similarity', score)
	const confidence = make('_Confidence', score)
	const take: TakenColumn[] = []
	const wanted: BufferColumn[] = []
	const each = new Map<string, string>()
	const feeds = new Map<string, BufferColumn>()
	for (const [index, target] of extend([], output.columns).entries()) {
		const properties = output.columns[index]?.properties ?? new Map<string, string>()
		const lineage = referenced(properties.get('SourceInputColumnLineageID')) ?? ''
		const copied = unescapeText(properties.get('CopyFromReferenceColumn') ?? '')
		const kind = whole(properties.get('ColumnType'), 0)
		const feed = (column: BufferColumn) => feeds.set(target.lineage, column)
		if (kind === SIMILARITY) feed(similarity)
		else if (kind === CONFIDENCE) feed(confidence)
		else if (kind === COLUMN_SIMILARITY) {
			if (!pairs.similar.some((one) => one.lineage === lineage))
				return refuse(`${target.name} is the similarity of no column that it compares`)
			const own = make(target.name, score)
			each.set(lineage, own.name)
			feed(own)
		} else if (copied === '') {
			const source = byLineage(arriving, lineage)
			if (source === undefined) return refuse(`nothing feeds its column ${target.name}`)
			feed(source)
		} else {
			const own = make(target.name, target.type)
			take.push({ name: own.name, side: 'right', column: copied, whenMissing: null })
			wanted.push({ ...target, name: copied })
			feed(own)
		}
	}
	return { take, similarity: similarity.name, confidence: confidence.name, each, made, feeds, wanted }
}
