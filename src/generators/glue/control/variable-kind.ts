/** How values of variables are held in Python: whole numbers, truth values and floats as such, all else as exact text. */
import { pyString } from '#languages/python.ts'
import { valueText } from '#model/json-values.ts'
import type { DataType } from '#model/types.ts'
import type { Value } from '#model/values.ts'
import type { ScriptContext } from '../script-context.ts'

export function variableKind(type: DataType | undefined): 'int' | 'boolean' | 'float' | 'text' {
	if (type?.kind === 'int' || type?.kind === 'boolean' || type?.kind === 'float') return type.kind
	return 'text'
}

export const variableKindOf = (variable: string, script: ScriptContext): ReturnType<typeof variableKind> =>
	variableKind(script.plan.job.variables.find(({ name }) => name === variable)?.type)

/** A value of the model as Python holds it in a variable. */
export function pythonValue(value: Value): string {
	if (value === null) return 'None'
	if (typeof value === 'boolean') return value ? 'True' : 'False'
	if (typeof value === 'bigint') return String(value)
	if (typeof value === 'number') return Number.isFinite(value) ? String(value) : `float("${value}")`
	return pyString(typeof value === 'string' ? value : valueText(value))
}
