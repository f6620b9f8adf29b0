/**
 * Multiple Hash (github.com/keif888/SSISMHash): each output column is a hash of some input columns. What is hashed follows from the
 * component's published source: `Utility.CalculateHash`.
 */
import { toModel } from '#languages/ssis/types.ts'
import type { ChecksumOperator, HashAlgorithm } from '#model/checksum.ts'
import type { BufferColumn } from '../flow/buffer.ts'
import { byLineage, extend } from '../flow/buffer.ts'
import type { ComponentContext, Refusal } from '../flow/parts.ts'
import { add, base, connect, declare, mainInput, mainOutput, port, refuse } from '../flow/parts.ts'
import { isTrue, referenced, whole } from '../formats/properties.ts'
import type { OutputColumnRecord } from '../formats/records.ts'

/** By HashType (`HashTypeEnumerator`). */
const algorithms: readonly HashAlgorithm[] = [
	'none',
	'md5',
	'ripemd160',
	'sha1',
	'sha256',
	'sha384',
	'sha512',
	'crc32',
	// Its `HashFinal` does not invert the register, other than that of CRC32.
	'crc32c-open',
	'fnv1a32',
	'fnv1a64',
]
const MURMUR = 11
const XXHASH = 12

/** By HashOutputType (`OutputTypeEnumerator`); bytes have no form. */
const forms = ['bytes', 'base64', 'prefixed-hex'] as const

export function lowerMultipleHash(context: ComponentContext): Refusal | undefined {
	const { component } = context
	const input = mainInput(component)
	const output = mainOutput(component)
	if (input === undefined || output === undefined) return refuse('it has no input or no output')
	const arriving = context.arriving(input)
	const leaving = extend(arriving, output.columns)
	const operators: ChecksumOperator[] = []
	for (const [index, record] of output.columns.entries()) {
		const made = operatorFor(context, record, index === 0 ? undefined : `hash ${index + 1}`)
		if ('reason' in made) return made
		operators.push(made)
	}
	const [first] = operators
	if (first === undefined) return refuse('it has no output column')
	add(context, ...operators)
	context.parts.takes.set(input.id, port(first, 'in'))
	for (const [index, operator] of operators.entries()) {
		const next = operators[index + 1]
		const stream = { from: port(operator, 'out'), buffer: leaving.slice(0, arriving.length + index + 1) }
		if (next === undefined) context.parts.gives.set(output.id, stream)
		else connect(context, stream, port(next, 'in'))
	}
	return undefined
}

function operatorFor(
	context: ComponentContext,
	record: OutputColumnRecord,
	part: string | undefined,
): ChecksumOperator | Refusal {
	const { component } = context
	const arriving = context.arriving(mainInput(component))
	const algorithm = algorithmOf(record)
	const form = formOf(record)
	if (typeof algorithm !== 'string') return algorithm
	if (typeof form !== 'string') return form
	// Versions without this property and that of milliseconds did neither.
	const fractions = isTrue(component.properties.get('IncludeMillsecond'))
	const sources: BufferColumn[] = []
	for (const written of (record.properties.get('InputColumnLineageIDs') ?? '').split(/,(?=#|\d)/)) {
		const source = byLineage(arriving, referenced(written))
		if (source === undefined) return refuse(`a column that ${record.name} hashes does not arrive`)
		if (source.type.name === 'DT_DBTIMESTAMPOFFSET' && fractions)
			declare(context, 'RG-D086', `${record.name} hashes ${source.name}.`)
		sources.push(source)
	}
	const trimmed = sources.filter(({ type }) => type.name === 'DT_CY').map(({ name }) => name)
	if (trimmed.length > 0) declare(context, 'RG-D085', `${record.name} hashes ${trimmed.join(', ')}.`)
	const added = byLineage(
		extend(
			arriving,
			component.outputs.flatMap(({ columns }) => columns),
		),
		record.lineage,
	)
	if (added === undefined) return refuse(`column ${record.name} cannot be read`)
	return {
		...base(context, part),
		kind: 'checksum',
		column: { name: added.name, type: toModel(added.type), nullable: false },
		...(form === 'bytes' ? {} : { form }),
		algorithm,
		inputs: sources.map(({ name }) => name),
		...(trimmed.length === 0 ? {} : { trimmed }),
		marksNulls: isTrue(component.properties.get('SafeNullHandling')),
		fractions,
	}
}

function algorithmOf(record: OutputColumnRecord): HashAlgorithm | Refusal {
	const number = whole(record.properties.get('HashType'), 0)
	if (number === XXHASH) return 'xxhash64'
	// `HashCore` resets one half of its state and not the other.
	if (number === MURMUR)
		return refuse(
			`the hash Murmur3a of column ${record.name} carries on from row to row, so it follows the order of rows: take another hash and compute the stored ones anew`,
		)
	return algorithms[number] ?? refuse(`column ${record.name} has the unknown hash ${number}`)
}

function formOf(record: OutputColumnRecord): (typeof forms)[number] | Refusal {
	const number = whole(record.properties.get('HashOutputType'), 0)
	return forms[number] ?? refuse(`column ${record.name} has the unknown output type ${number}`)
}
