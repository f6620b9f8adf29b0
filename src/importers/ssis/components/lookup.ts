/** Lookup: at most one reference row for each input row (Microsoft: Lookup Transformation). */
import type { KeyPair, LookupOperator, MissPolicy, ReadOperator, TakenColumn } from '#model/operators.ts'
import type { Source } from '#model/places.ts'
import { queryForm } from '../../sql.ts'
import { connectionName, dialectOf } from '../connection-names.ts'
import type { Buffer } from '../flow/buffer.ts'
import { byLineage, extend, schemaOf } from '../flow/buffer.ts'
import { cacheColumns, cachePlace } from '../flow/cache-place.ts'
import { connectionOf } from '../flow/database-source.ts'
import { lookupCondition, unlikeColumn } from '../flow/lookup-parameters.ts'
import { referenceColumns } from '../flow/lookup-reference.ts'
import type { ComponentContext, Refusal } from '../flow/parts.ts'
import { add, base, connect, declare, errorOutput, mainInput, port, refuse } from '../flow/parts.ts'
import { declareErrorNumbers, errorCodes, rejected } from '../flow/policies.ts'
import { isTrue, whole } from '../formats/properties.ts'
import type { ComponentRecord, OutputRecord } from '../formats/records.ts'

const FULL_CACHE = 0
const CACHE_CONNECTION = 1

export function lowerLookup(context: ComponentContext): Refusal | undefined {
	const { component } = context
	const input = mainInput(component)
	const [match, noMatch] = component.outputs.filter((output) => !output.isError)
	if (input === undefined || match === undefined) return refuse('it has no input or no output')
	const isCache = whole(component.properties.get('ConnectionType'), 0) === CACHE_CONNECTION
	const fullCache = isCache || whole(component.properties.get('CacheType'), FULL_CACHE) === FULL_CACHE
	// Only a full cache meets all keys (Microsoft: DTS_W_TXLOOKUP_DUPLICATE_KEYS, "This error occurs in Full Cache mode only").
	const isOnce = fullCache && isTrue(component.properties.get('TreatDuplicateKeysAsError'))
	const reference = isCache ? cacheReference(context) : queryReference(context)
	if ('reason' in reference) return reference
	const arriving = context.arriving(input)
	const leaving = extend(arriving, match.columns)
	const plan = planColumns(context, arriving, leaving, match)
	if ('reason' in plan) return plan
	const condition = fullCache ? undefined : lookupCondition(component, arriving)
	if (condition !== undefined && 'reason' in condition) return condition
	const wanted = [...plan.wanted, ...(condition?.wanted ?? [])]
	const columns = reference.columns ?? referenceColumns(component.properties.get('ReferenceMetadataXml') ?? '', wanted)
	const unlike = condition === undefined ? undefined : unlikeColumn(condition, columns)
	if (unlike !== undefined) return refuse(`a parameter of another type is compared with the reference column ${unlike}`)
	const ranges = condition?.ranges ?? []
	const read: ReadOperator = {
		...base(context, 'reference'),
		kind: 'read',
		source: reference.source,
		schema: schemaOf(columns),
	}
	const errors = errorOutput(component)
	const missing = missPolicy(component, match)
	const misses = whole(component.properties.get('NoMatchBehavior'), 0) === 1 ? noMatch : errors
	const { buffer, reject } = rejected(arriving, misses)
	const operator: LookupOperator = {
		...base(context),
		kind: 'lookup',
		keys: condition?.keys ?? plan.keys,
		...(ranges.length === 0 ? {} : { ranges }),
		nullsEqual: fullCache,
		match: 'first',
		onConditionNotMet: 'fail',
		onMiss: missing,
		take: plan.take,
		reject,
		missCode: errorCodes.noMatch,
		...(isOnce ? { onDuplicates: 'fail' } : {}),
	}
	add(context, read, operator)
	connect(context, { from: port(read, 'out'), buffer: columns }, port(operator, 'reference'))
	context.parts.takes.set(input.id, port(operator, 'in'))
	context.parts.gives.set(match.id, { from: port(operator, 'out'), buffer: leaving })
	if (misses !== undefined) context.parts.gives.set(misses.id, { from: port(operator, 'reject'), buffer })
	if (!isOnce)
		declare(context, 'RG-D003', 'When several reference rows match, the first that the database returns counts.')
	if (!fullCache) declare(context, 'RG-D021', 'Its cache mode is partial or none.')
	if (misses === errors) declareErrorNumbers(context, errors)
	return undefined
}

interface Reference {
	readonly source: Source
	/** All columns that it has, where they are known without looking at what the lookup uses. */
	readonly columns?: Buffer
}

function cacheReference(context: ComponentContext): Reference | Refusal {
	const connection = connectionOf(context)
	if (connection?.cache === undefined) return refuse('its cache connection manager is not there')
	const source = cachePlace(connection, connection.cache, context.scope)
	if ('reason' in source) return source
	const columns = cacheColumns(connection.cache)
	return 'reason' in columns ? columns : { source, columns }
}

function queryReference(context: ComponentContext): Reference | Refusal {
	const connection = connectionOf(context)
	const sql = context.text('SqlCommand')
	if (connection === undefined || sql.value.text.trim() === '')
		return refuse('its reference query or connection is not there')
	return {
		source: {
			kind: 'query',
			connection: connectionName(connection),
			sql: sql.value,
			parameters: [],
			form: queryForm(sql.stored, dialectOf(connection)),
		},
	}
}

function missPolicy(component: ComponentRecord, match: OutputRecord): MissPolicy {
	if (whole(component.properties.get('NoMatchBehavior'), 0) === 1) return 'reject'
	switch (match.dispositions.onError) {
		case 'IgnoreFailure':
			return 'continue'
		case 'RedirectRow':
			return 'reject'
		default:
			return 'fail'
	}
}

interface LookupPlan {
	readonly keys: readonly KeyPair[]
	readonly take: readonly TakenColumn[]
	/** Reference columns by name, each with the type of the column that meets it. */
	readonly wanted: Buffer
}

function planColumns(
	context: ComponentContext,
	arriving: Buffer,
	leaving: Buffer,
	match: OutputRecord,
): LookupPlan | Refusal {
	const keys: KeyPair[] = []
	const take: TakenColumn[] = []
	const wanted: Buffer[number][] = []
	for (const column of mainInput(context.component)?.columns ?? []) {
		const source = byLineage(arriving, column.lineage)
		const key = column.properties.get('JoinToReferenceColumn') ?? ''
		const copied = column.properties.get('CopyFromReferenceColumn') ?? ''
		if (source === undefined) return refuse(`column ${column.name} does not arrive`)
		if (key !== '') {
			keys.push({ left: source.name, right: key, collation: 'binary' })
			wanted.push({ ...source, name: key })
		}
		if (copied !== '') {
			take.push({ name: source.name, side: 'right', column: copied, whenMissing: null })
			wanted.push({ ...source, name: copied })
		}
	}
	if (keys.length === 0) return refuse('it has no key')
	for (const column of match.columns) {
		const target = byLineage(leaving, column.lineage)
		const copied = column.properties.get('CopyFromReferenceColumn') ?? ''
		if (target === undefined || copied === '') return refuse(`column ${column.name} names no reference column`)
		take.push({ name: target.name, side: 'right', column: copied, whenMissing: null })
		wanted.push({ ...target, name: copied })
	}
	return { keys, take, wanted }
}
