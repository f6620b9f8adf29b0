/** Requests and answers of the worker, between the types of the port and JSON. */

import { sparkType } from '#languages/spark-types.ts'
import { decodeValue, encodeValue, type JsonObject, type JsonValue, WireError } from '#model/json-values.ts'
import type { DataType, Schema } from '#model/types.ts'
import { isNested } from '#model/types.ts'
import type { Row, Value } from '#model/values.ts'
import type {
	ColumnExpression,
	ColumnOutcome,
	ColumnsRequest,
	ComputedPaths,
	Effect,
	HelperReply,
	RunFailure,
	RunOutcome,
	RunRequest,
	TableFixture,
	TraceLine,
} from '../port.ts'

/** A vector tells its element and a record its fields: their values travel by rules of their own types. */
const typeSpec = (type: DataType): JsonObject => ({
	kind: type.kind,
	type: sparkType(type),
	...(type.kind === 'vector' ? { element: { name: 'item', ...typeSpec(type.element) } } : {}),
	...(type.kind === 'record' ? { fields: columnSpecs({ columns: type.fields }) } : {}),
})

const columnSpecs = (schema: Pick<Schema, 'columns'>): JsonObject[] =>
	schema.columns.map(({ name, type }) => ({ name, ...typeSpec(type) }))

/** Values as text, in the order of the columns: Spark casts them, so no digit passes through a float. */
function rowTexts(rows: readonly Row[], schema: Schema): (string | null)[][] {
	return rows.map((row) =>
		schema.columns.map(({ name, type }) => {
			const json = encodeValue(row[name] ?? null, type)
			if (json === null) return null
			return typeof json === 'object' ? JSON.stringify(json) : String(json)
		}),
	)
}

export function runMessage(id: number, request: RunRequest): JsonObject {
	const args = { JOB_NAME: 'local', ...request.args }
	return {
		id,
		kind: 'run',
		script: request.script,
		argv: Object.entries(args).flatMap(([name, value]) => [`--${name}`, value]),
		sparkConf: request.sparkConf ?? {},
		variables: { ...request.variables },
		moved: { ...request.moved },
		computed: request.computed ? computedPaths(request.computed) : null,
		shuffle: request.shuffle ? { ...request.shuffle } : null,
		tables: (request.tables ?? []).map((fixture) => ({
			connection: fixture.connection,
			text: sourceText(fixture),
			pattern: fixture.pattern ?? null,
			role: fixture.role,
			path: fixture.path,
			columns: columnSpecs(fixture.schema),
		})),
		helpers: (request.helpers ?? []).map((helper) => ({
			name: helper.name,
			answers: helper.answers.map(({ when = {}, repeat = false, reply }) => ({
				when,
				repeat,
				reply: replyMessage(reply),
			})),
			otherwise: replyMessage(helper.otherwise ?? { kind: 'value', value: null }),
		})),
	}
}

const computedPaths = ({ read, written, kept }: ComputedPaths): JsonObject => ({ read: { ...read }, written, kept })

function sourceText({ source }: TableFixture): string {
	if ('dataSet' in source) return source.dataSet
	return 'table' in source ? source.table : source.statement
}

const replyMessage = (reply: HelperReply): JsonObject =>
	reply.kind === 'rows'
		? { kind: 'rows', columns: columnSpecs(reply.schema), rows: rowTexts(reply.rows, reply.schema) }
		: { ...reply }

export function columnsMessage(id: number, request: ColumnsRequest): JsonObject {
	return {
		id,
		kind: 'columns',
		prelude: request.prelude ?? '',
		sets: request.sets.map(({ schema, rows, expressions }) => ({
			columns: columnSpecs(schema),
			rows: rowTexts(rows, schema),
			expressions: expressions.map(({ python, type }) => ({ python, ...typeSpec(type) })),
		})),
	}
}

interface RunAnswer {
	readonly failure: FailureAnswer | null
	readonly effects: readonly Effect[]
	readonly stdout: string
	readonly stderr: string
	readonly seconds: number
}
interface FailureAnswer {
	readonly errorClass: string
	readonly condition: string | null
	readonly message: string
	readonly trace: readonly TraceLine[]
	readonly stage: string | null
}
interface ColumnsAnswer {
	readonly sets: readonly (readonly ExpressionAnswer[])[]
}
interface ExpressionAnswer {
	readonly failure?: FailureAnswer
	readonly sparkType?: string
	readonly values?: readonly (string | null)[]
}

export function runOutcome(message: JsonObject): RunOutcome {
	// The worker is ours: python/worker.py writes what is read here.
	const { failure, effects, stdout, stderr, seconds } = message as unknown as RunAnswer
	const record = { effects, stdout, stderr, seconds }
	return failure ? { ...record, ok: false, failure: runFailure(failure) } : { ...record, ok: true }
}

const runFailure = ({ condition, stage, ...failure }: FailureAnswer): RunFailure => ({
	...failure,
	...(condition === null ? {} : { condition }),
	...(stage === null ? {} : { stage }),
})

export function columnOutcomes(message: JsonObject, request: ColumnsRequest): ColumnOutcome[][] {
	const { sets } = message as unknown as ColumnsAnswer
	return request.sets.map(({ expressions }, index) =>
		expressions.map((expression, position) => columnOutcome(expression, sets[index]?.[position] ?? {})),
	)
}

function columnOutcome({ name, type }: ColumnExpression, answer: ExpressionAnswer): ColumnOutcome {
	if (answer.failure) return { ok: false, name, failure: runFailure(answer.failure) }
	try {
		const values = (answer.values ?? []).map((text) => valueOfText(text, type))
		return { ok: true, name, sparkType: answer.sparkType ?? '', values }
	} catch (error) {
		if (!(error instanceof WireError)) throw error
		// Spark holds more than the model does: a year 10000, a time of day beyond midnight.
		return { ok: false, name, failure: { errorClass: 'OutOfRange', message: error.message, trace: [] } }
	}
}

function valueOfText(text: string | null, type: DataType): Value {
	if (text === null) return null
	if (isNested(type)) return decodeValue(JSON.parse(text) as JsonValue, type)
	return decodeValue(type.kind === 'boolean' ? text === 'true' : text, type)
}
