/**
 * Parameters of Execute SQL tasks (Microsoft: Parameters and Return Codes in the Execute SQL Task). OLE DB names them 0, 1, 2,
 * ODBC 1, 2, 3, ADO in any way: all by the order of the `?` in the statement. ADO.NET names those that the statement names.
 */
import { fromCode, toModel } from '#languages/ssis/types.ts'
import type { SqlParameter } from '#model/control-flow.ts'
import type { XmlElement } from '../../xml/element.ts'
import { childrenOf } from '../../xml/element.ts'
import type { Refusal } from '../flow/parts.ts'
import { refuse } from '../flow/parts.ts'
import { whole } from '../formats/properties.ts'
import type { ConnectionRecord } from '../formats/records.ts'
import type { PackageScope } from '../package-scope.ts'

export interface BoundParameter {
	/** `0`, `Param1`, `@year`. */
	readonly name: string
	readonly bound: SqlParameter
}

const directions: Readonly<Record<string, SqlParameter['direction']>> = {
	input: 'input',
	'1': 'input',
	output: 'output',
	'2': 'output',
	returnvalue: 'return',
	'4': 'return',
}

const attribute = (element: XmlElement, name: string): string => element.attributes.get(`SQLTask:${name}`) ?? ''

export function readParameters(
	data: XmlElement,
	connection: ConnectionRecord,
	scope: PackageScope,
): { readonly list: readonly BoundParameter[] } | Refusal {
	const list: BoundParameter[] = []
	for (const binding of childrenOf(data, 'SQLTask:ParameterBinding')) {
		const name = attribute(binding, 'ParameterName')
		const variable = scope.value(attribute(binding, 'DtsVariableName'))
		const direction = directions[(attribute(binding, 'ParameterDirection') || 'Input').toLowerCase()]
		if (variable === undefined || direction === undefined)
			return refuse(`its parameter ${name} is bound to ${attribute(binding, 'DtsVariableName')}, which is not there`)
		if (direction !== 'input' && variable.kind !== 'variable')
			return refuse(`its parameter ${name} would set ${variable.name}, which is no variable`)
		// ADO.NET counts its types in its own way; the variable's own type says as much.
		const code = /^ADO\.NET/.test(connection.type) ? undefined : fromCode(whole(attribute(binding, 'DataType'), 0))
		list.push({ name, bound: { direction, variable: variable.name, type: toModel(code ?? variable.type) } })
	}
	const isNumbered = list.every(({ name }) => /^\d+$/.test(name))
	return { list: isNumbered ? list.toSorted((left, right) => Number(left.name) - Number(right.name)) : list }
}

/** A statement that names no more than a procedure, as the call that it stands for. */
export function callOf(procedure: string, parameters: readonly BoundParameter[], isNamed: boolean): string {
	const result = parameters.some(({ bound }) => bound.direction === 'return') ? '? = ' : ''
	const given = parameters
		.filter(({ bound }) => bound.direction !== 'return')
		.map(({ name, bound }) => `${isNamed ? `${name} = ` : ''}?${bound.direction === 'output' ? ' OUTPUT' : ''}`)
	return `EXEC ${result}${procedure.trim()}${given.length === 0 ? '' : ` ${given.join(', ')}`}`
}

/** Strings, quoted names, comments, and parameter names outside them. */
const pieces = /'(?:[^']|'')*'|"[^"]*"|\[[^\]]*\]|--[^\n]*|\/\*[\s\S]*?\*\/|@@?[\w$#]+/g

/** Puts a marker in place of each named parameter; one that stands in several places is bound as often. */
export function bindNames(
	sql: string,
	parameters: readonly BoundParameter[],
): { readonly sql: string; readonly parameters: readonly SqlParameter[] } | Refusal {
	const byName = new Map(parameters.map((one) => [`@${one.name.replace(/^@/, '')}`.toLowerCase(), one.bound]))
	const bound: SqlParameter[] = []
	const left = new Set(byName.keys())
	// `EXEC p @year = @year` names the procedure's own parameter first.
	const text = sql.replaceAll(pieces, (piece, position: number) => {
		const parameter = byName.get(piece.toLowerCase())
		if (
			parameter === undefined ||
			(/^\s*=(?!=)[^=]*@/.test(sql.slice(position + piece.length, position + piece.length + 200)) &&
				isArgumentName(sql, position))
		)
			return piece
		left.delete(piece.toLowerCase())
		bound.push(parameter)
		return '?'
	})
	const twice = bound.find((one, index) => one.direction !== 'input' && bound.indexOf(one) !== index)
	if (twice !== undefined)
		return refuse(`the parameter for ${twice.variable} gives a value and stands in several places`)
	const [unused] = left
	return unused === undefined
		? { sql: text, parameters: bound }
		: refuse(`its statement does not name the parameter ${unused}`)
}

/** Within a call, a name before `=` is that of the procedure's parameter. */
function isArgumentName(sql: string, position: number): boolean {
	const before = sql.slice(0, position)
	return /\bexec(?:ute)?\b[^;]*$/i.test(before) && /(?:,|[\w\])"])\s*$/.test(before)
}
