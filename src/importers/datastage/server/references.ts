/**
 * Reference links of a BASIC Transformer: each is asked, in order, for the row with the key that its expressions give. Where
 * there is none its columns are null and `link.NOTFOUND` holds.
 */
import type { Expression } from '#model/expressions.ts'
import type { KeyPair, LookupOperator, TakenColumn } from '#model/operators.ts'
import type { Column } from '#model/types.ts'
import { int, text } from '#model/types.ts'
import { columnExpression, isNull, literal } from '../expressions.ts'
import { freeColumn, project } from '../mapping.ts'
import type { StageInput } from '../stage-context.ts'
import { leaving } from '../stages/inputs.ts'
import { deriveBasic } from './derive.ts'
import { valueColumn } from './texts.ts'
import type { BasicTransformer } from './transformer.ts'

export const lookUpReferences = (trx: BasicTransformer, references: readonly StageInput[]): BasicTransformer =>
	references.reduce(lookUp, trx)

function lookUp(trx: BasicTransformer, reference: StageInput): BasicTransformer {
	const { context } = trx
	const { link, pin } = reference
	if (pin.record.values.get('MultiRow') === '1')
		context.refuse(`the reference link ${link.name} gives several rows for one key`)
	const keyed = withKeys(trx, reference)
	if (keyed.keys.length === 0) context.refuse(`the reference link ${link.name} has no key expression`)
	if (!isKeyed(reference))
		context.differ('RG-D003', `${context.stage.name} takes the first row of ${link.name} with the key`)
	const marked = withMark(trx, reference)
	const taken: Column[] = []
	const take = marked.stream.schema.columns.map((source): TakenColumn => {
		const name = freeColumn(
			keyed.stream.schema,
			`${link.name}_${source.name}`,
			taken.map((column) => column.name),
		)
		taken.push({ ...source, name, nullable: true })
		return { name, side: 'right', column: source.name, whenMissing: null }
	})
	const operator: LookupOperator = {
		...context.base(`lookup ${link.name}`, pin.record.lines),
		kind: 'lookup',
		keys: keyed.keys,
		nullsEqual: false,
		match: isKeyed(reference) ? 'last' : 'first',
		onConditionNotMet: 'continue',
		onMiss: 'continue',
		take,
		reject: {},
		missCode: 0,
	}
	context.flow.add(operator, { in: keyed.stream, reference: marked.stream })
	const stream = leaving(keyed.stream, operator, {
		...keyed.stream.schema,
		columns: [...keyed.stream.schema.columns, ...taken],
	})
	return { ...trx, stream, scope: { ...trx.scope, ...scopeAfter(trx, reference, marked, taken) } }
}

/** Names of the reference's columns, and whether it was found. */
function scopeAfter({ scope }: BasicTransformer, { link }: StageInput, marked: Marked, taken: readonly Column[]) {
	const columns = new Map(scope.columns)
	const values = new Map(scope.values)
	for (const [at, { name }] of marked.stream.schema.columns.entries()) {
		const column = taken[at]
		if (column === undefined) continue
		if (name === marked.mark) values.set(`${link.name}.NOTFOUND`, isNull(columnExpression(column)))
		else columns.set(`${link.name}.${name}`, column)
	}
	return { columns, values }
}

/** A hashed file holds one row for each key. */
const isKeyed = ({ link }: StageInput): boolean => link.from.type === 'CHashedFileStage'

interface Marked {
	readonly stream: StageInput['stream']
	readonly mark: string
}

/** A column that tells a row that was found, whatever its own columns hold. */
function withMark({ context }: BasicTransformer, { link, stream }: StageInput): Marked {
	const mark = freeColumn(stream.schema, 'found')
	const one: Expression = literal(1n, int(8))
	const column = valueColumn(context, { name: mark, type: int(8) }, { expression: one, text: 'NOTFOUND' }, link.lines)
	const marked = project(context, stream, [column], {
		part: `${link.name} found`,
		passThrough: 'all',
		lines: link.lines,
	})
	return { stream: marked, mark }
}

/** Keys compare as texts. An expression that is no plain column becomes a column of its own first. */
function withKeys(trx: BasicTransformer, { link, stream: reference }: StageInput) {
	const { context, scope, stream } = trx
	const keys: KeyPair[] = []
	const computed: ReturnType<typeof valueColumn>[] = []
	for (const { keyExpression, name, lines } of link.columns) {
		if (keyExpression === undefined) continue
		const right = reference.schema.columns.find((column) => column.name === name)
		if (right === undefined || right.type.kind !== 'string') {
			context.refuse(`the key ${name} of ${link.name} is no text column of it`)
			continue
		}
		const value = deriveBasic(context, keyExpression, scope, lines, 'string')
		if (value === undefined) continue
		const plain = value.expression.kind === 'column' ? value.expression : undefined
		const column = freeColumn(
			stream.schema,
			`${link.name}_${name}_key`,
			computed.map((other) => other.name),
		)
		if (plain === undefined) computed.push(valueColumn(context, { name: column, type: text() }, value, lines))
		keys.push({ left: plain?.name ?? column, right: name, collation: 'binary' })
	}
	const part = { part: `keys ${link.name}`, passThrough: 'all', lines: link.lines } as const
	return { keys, stream: computed.length === 0 ? stream : project(context, stream, computed, part) }
}
