/**
 * Fuzzy Grouping: rows that are like each other, with the row that stands for them (Microsoft: Fuzzy Grouping Transformation).
 * Its measure is not published; the new job has a measure of its own, which the declared difference names.
 */
import type { SsisType } from '#languages/ssis/types.ts'
import type { SimilarColumn, SimilarGroupOperator } from '#model/similarity.ts'
import type { Buffer, BufferColumn } from '../flow/buffer.ts'
import { byLineage, extend } from '../flow/buffer.ts'
import { EXACT, likenessOf, textRefusal, threshold } from '../flow/likeness.ts'
import type { ComponentContext, Refusal } from '../flow/parts.ts'
import { add, base, declare, mainInput, mainOutput, port, refuse } from '../flow/parts.ts'
import { pickColumns } from '../flow/pick-columns.ts'
import { isTrue, referenced, whole } from '../formats/properties.ts'
import type { OutputRecord } from '../formats/records.ts'
import { UniqueNames } from '../formats/unique-names.ts'

/** `ColumnType` of output columns. */
const NUMBER = 1
const GROUP = 2
const SCORE = 3
const COLUMN_SIMILARITY = 4
const PASSING = 5
const LEADING = 6

const score: SsisType = { name: 'DT_R4' }
const int: SsisType = { name: 'DT_I4' }

export function lowerFuzzyGrouping(context: ComponentContext): Refusal | undefined {
	const { component } = context
	const [input, output] = [mainInput(component), mainOutput(component)]
	if (input === undefined || output === undefined) return refuse('it has no input or no output')
	const arriving = context.arriving(input)
	const grouped = groupedColumns(context, arriving)
	if ('reason' in grouped) return grouped
	const plan = planOutput(output, arriving, grouped)
	if ('reason' in plan) return plan
	const operator: SimilarGroupOperator = {
		...base(context),
		kind: 'similar-group',
		equal: grouped.equal,
		similar: grouped.similar.map((one) => {
			const similarity = plan.each.get(one.column)
			return similarity === undefined ? one : { ...one, similarity }
		}),
		minimum: threshold(component.properties.get('MinSimilarity')),
		number: plan.number,
		group: plan.group,
		similarity: plan.similarity,
		leading: plan.leading,
	}
	add(context, operator)
	context.parts.takes.set(input.id, port(operator, 'in'))
	pickColumns(context, { from: port(operator, 'out'), buffer: [...arriving, ...plan.made] }, output, plan.feeds)
	declare(context, 'RG-D141', `It compares ${grouped.similar.map(({ column }) => column).join(', ')}.`)
	return undefined
}

interface Grouped {
	readonly equal: readonly string[]
	readonly similar: readonly SimilarColumn[]
}

function groupedColumns(context: ComponentContext, arriving: Buffer): Grouped | Refusal {
	const equal: string[] = []
	const similar: SimilarColumn[] = []
	for (const { name, lineage, properties } of mainInput(context.component)?.columns ?? []) {
		const source = byLineage(arriving, lineage)
		if (source === undefined) return refuse(`the column ${name} does not arrive`)
		if (!isTrue(properties.get('ToBeCleaned'))) continue
		if (whole(properties.get('ExactFuzzy'), 2) === EXACT) {
			equal.push(source.name)
			continue
		}
		if (whole(properties.get('LeadingTrailingNumeralsSignificant'), 0) !== 0)
			return refuse(`the numbers around ${source.name} have to be equal (LeadingTrailingNumeralsSignificant)`)
		const refusal = textRefusal(source)
		if (refusal !== undefined) return refusal
		const minimum = threshold(properties.get('MinSimilarity'))
		similar.push({ column: source.name, minimum, ...likenessOf(context.component, properties) })
	}
	return similar.length === 0 ? refuse('it compares no column by how like it is') : { equal, similar }
}

interface OutputPlan {
	readonly number: string
	readonly group: string
	readonly similarity: string
	readonly leading: SimilarGroupOperator['leading']
	/** Names of the similarities of single columns, by column. */
	readonly each: ReadonlyMap<string, string>
	readonly made: Buffer
	readonly feeds: ReadonlyMap<string, BufferColumn>
}

function planOutput(output: OutputRecord, arriving: Buffer, { equal, similar }: Grouped): OutputPlan | Refusal {
	const names = new UniqueNames()
	for (const { name } of arriving) names.take(name)
	const made: BufferColumn[] = []
	const make = (name: string, type: SsisType): BufferColumn => {
		const column = { lineage: `made ${name}`, name: names.take(name), type, sortKey: 0 }
		made.push(column)
		return column
	}
	const facts = new Map([
		[NUMBER, make('_key_in', int)],
		[GROUP, make('_key_out', int)],
		[SCORE, make('_score', score)],
	])
	const leading: { readonly name: string; readonly column: string }[] = []
	const each = new Map<string, string>()
	const feeds = new Map<string, BufferColumn>()
	for (const [index, target] of extend([], output.columns).entries()) {
		const properties = output.columns[index]?.properties
		const kind = whole(properties?.get('ColumnType'), PASSING)
		const source = byLineage(arriving, referenced(properties?.get('InputId')))
		const fact = facts.get(kind)
		if (fact !== undefined) feeds.set(target.lineage, fact)
		else if (source === undefined) return refuse(`nothing feeds its column ${target.name}`)
		else if (kind === LEADING) {
			const own = make(target.name, source.type)
			leading.push({ name: own.name, column: source.name })
			feeds.set(target.lineage, own)
		} else if (kind === COLUMN_SIMILARITY) {
			if (equal.includes(source.name) || !similar.some((one) => one.column === source.name))
				return refuse(`${target.name} is the similarity of no column that it compares`)
			const own = make(target.name, score)
			each.set(source.name, own.name)
			feeds.set(target.lineage, own)
		} else if (kind === PASSING) feeds.set(target.lineage, source)
		else return refuse(`its column ${target.name} has the unknown type ${kind}`)
	}
	const nameOf = (fact: number): string => facts.get(fact)?.name ?? ''
	const own = { number: nameOf(NUMBER), group: nameOf(GROUP), similarity: nameOf(SCORE) }
	return { ...own, leading, each, made, feeds }
}
