/** DataStage BASIC for `reglue expr`: names are typed inputs, results are texts, whole numbers, numbers or truths. */
import type { SourcedExpression } from '#model/expressions.ts'
import type { DataType } from '#model/types.ts'
import { boolean, float, int, text } from '#model/types.ts'
import type { OfferedColumn } from '../datastage-parallel/symbols.ts'
import type { ExpressionProblem } from '../datastage-parallel/syntax.ts'
import type { BasicKind } from './coerce.ts'
import { lowerBasic } from './lower.ts'

const types: Readonly<Record<string, DataType>> = {
	string: text(),
	int: int(64),
	int32: int(32),
	number: float(64),
	dfloat: float(64),
	logical: boolean,
	boolean,
}

/** The model's type for a name of the case files; undefined for one that BASIC does not have. */
export const basicType = (name: string): DataType | undefined => types[name.trim().toLowerCase()]

/** A number shows as the text that BASIC makes of it, so each result is taken as a text first. */
function lower(
	source: string,
	inputs: Readonly<Record<string, DataType>>,
	wanted?: BasicKind,
): { readonly expression: SourcedExpression; readonly diagnostics: readonly ExpressionProblem[] } {
	const columns = new Map<string, OfferedColumn>(Object.entries(inputs).map(([name, type]) => [name, { name, type }]))
	const lowered = lowerBasic(source, { columns, parameters: new Map() }, wanted)
	return { expression: lowered, diagnostics: lowered.diagnostics }
}

export const basicLanguage = { id: 'datastage-basic', lower } as const
