/**
 * Multiple Hash (github.com/keif888/SSISMHash): each output column is a hash of some input columns. What is hashed follows from the
 * component's published source: `Utility.CalculateHash`.
 */
import { toModel } from '#languages/ssis/types.ts'
import type { ChecksumOperator, HashAlgorithm } from '#model/checksum.ts'
import { canHash } from '#model/checksum.ts'
import { byLineage, columnOf, extend } from '../flow/buffer.ts'
import type { ComponentContext, Refusal } from '../flow/parts.ts'
import { add, base, connect, mainInput, mainOutput, port, refuse } from '../flow/parts.ts'
import { isTrue, referenced, whole } from '../formats/properties.ts'
import type { OutputColumnRecord } from '../formats/records.ts'

/** By HashType. Spark has no function for the others. */
const algorithms: readonly (readonly [name: string, algorithm?: HashAlgorithm])[] = [
	['None'],
	['MD5', 'md5'],
	['RIPEMD-160'],
	['SHA-1', 'sha1'],
	['SHA-256', 'sha256'],
	['SHA-384', 'sha384'],
	['SHA-512', 'sha512'],
	['CRC32'],
	['CRC32C'],
	['FNV-1a 32'],
	['FNV-1a 64'],
	['Murmur3a'],
	['xxHash'],
]

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
	const number = whole(record.properties.get('HashType'), 0)
	const [kind, algorithm] = algorithms[number] ?? [`number ${number}`]
	if (algorithm === undefined) return refuse(`the hash ${kind} of column ${record.name} has no function in Spark`)
	if (whole(record.properties.get('HashOutputType'), 0) !== 0)
		return refuse(`column ${record.name} holds its hash as text`)
	const inputs: string[] = []
	for (const written of (record.properties.get('InputColumnLineageIDs') ?? '').split(/,(?=#|\d)/)) {
		const source = byLineage(arriving, referenced(written))
		if (source === undefined) return refuse(`a column that ${record.name} hashes does not arrive`)
		if (!canHash(columnOf(source)) || source.type.name === 'DT_CY')
			return refuse(
				`the bytes of column ${source.name} (${source.type.name}), which ${record.name} hashes, cannot be told in Spark`,
			)
		inputs.push(source.name)
	}
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
		algorithm,
		inputs,
		// Versions without these properties did neither.
		marksNulls: isTrue(component.properties.get('SafeNullHandling')),
		fractions: isTrue(component.properties.get('IncludeMillsecond')),
	}
}
