/** The parallel Transformer language for `reglue expr`: names are typed inputs, types are spelled as the engine does. */
import type { SourcedExpression } from '#model/expressions.ts'
import {
	binary,
	boolean,
	type DataType,
	date,
	decimal,
	float,
	type IntBits,
	int,
	text,
	time,
	timestamp,
	vector,
} from '#model/types.ts'
import { assignTo } from './assign.ts'
import { lowerParallel } from './lower.ts'
import type { OfferedColumn } from './symbols.ts'
import type { ExpressionProblem } from './syntax.ts'

/** Reads the engine's name of a type (`decimal[10,2]`, `string[max=20]`, `int32`, `dfloat`); undefined for vectors and unknown names. */
export function parseCaseType(name: string): DataType | undefined {
	const element = /^vector\[(.*)\]$/.exec(name.trim().toLowerCase())?.[1]
	if (element !== undefined) {
		const type = parseCaseType(element)
		return type === undefined ? undefined : vector(type, true)
	}
	const match = /^(\w+)(?:\[([^\]]*)\])?$/.exec(name.trim().toLowerCase())
	const [base = '', options] = [match?.[1], match?.[2]]
	const whole = /^(u?)int(8|16|32|64)$/.exec(base)
	if (whole) return int(Number(whole[2]) as IntBits, whole[1] === '')
	if (base === 'decimal') {
		const digits = /^(\d+)(?:,(\d+))?$/.exec(options ?? '')
		return digits ? decimal(Math.min(38, Number(digits[1])), Number(digits[2] ?? 0)) : decimal(38, 10)
	}
	if (base === 'string' || base === 'ustring') {
		const length = /^(max=)?(\d+)$/.exec(options ?? '')
		return length ? text(Number(length[2]), { unicode: base === 'ustring', fixed: length[1] === undefined }) : text()
	}
	if (base === 'time') return time(options === 'microseconds' ? 6 : 0)
	if (base === 'timestamp') return timestamp(options === 'microseconds' ? 6 : 0)
	return simple[base]
}

const simple: Readonly<Record<string, DataType>> = {
	date,
	dfloat: float(64),
	sfloat: float(32),
	boolean,
	raw: binary(),
}

/**
 * Reads an expression over inputs by name (`link.column`, variables, `@INROWNUM`, macros, `$ENV.NAME`).
 * With a result type the value is assigned to it, as to a target column.
 */
function lower(
	source: string,
	inputs: Readonly<Record<string, DataType>>,
	resultType?: DataType,
): { readonly expression: SourcedExpression; readonly diagnostics: readonly ExpressionProblem[] } {
	const columns = new Map<string, OfferedColumn>(Object.entries(inputs).map(([name, type]) => [name, { name, type }]))
	const lowered = lowerParallel(
		source,
		{ columns, parameters: new Map() },
		resultType === undefined ? {} : { target: resultType },
	)
	if (resultType === undefined)
		return { expression: { expression: lowered.expression, text: source }, diagnostics: lowered.diagnostics }
	const assigned = assignTo(lowered.expression, resultType, true)
	return {
		expression: { expression: assigned.expression, text: source },
		diagnostics: [...lowered.diagnostics, ...assigned.diagnostics],
	}
}

export const parallelLanguage = { id: 'datastage-parallel', lower } as const
