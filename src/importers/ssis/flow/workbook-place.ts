/** Excel connection managers: the workbook's path, and what its properties say (Microsoft: Excel Connection Manager). */
import type { Expression, SourcedExpression } from '#model/expressions.ts'
import type { ConnectionRecord } from '../formats/records.ts'
import type { PackageScope } from '../package-scope.ts'
import { textOf } from '../package-scope.ts'
import { isProblem, lowerInScope } from './expressions.ts'
import type { Refusal } from './parts.ts'
import { refuse } from './parts.ts'

export interface WorkbookPlace {
	readonly path: SourcedExpression
	/** Does the first row hold names? The driver's default is that it does. */
	readonly header: boolean
}

export function workbookPlace(connection: ConnectionRecord, scope: PackageScope): WorkbookPlace | Refusal {
	const header = !/\bHDR\s*=\s*NO\b/i.test(connection.connectionString)
	const path = pathOf(connection, scope)
	return 'reason' in path ? path : { path, header }
}

function pathOf(connection: ConnectionRecord, scope: PackageScope): SourcedExpression | Refusal {
	const file = connection.expressions.find((one) => one.property === 'ExcelFilePath' || one.property === 'ServerName')
	const whole = connection.expressions.find((one) => one.property === 'ConnectionString')
	const computed = file ?? whole
	if (computed === undefined) {
		const stored = dataSource(connection.connectionString)
		return stored === '' ? refuse('its connection manager names no workbook') : textOf(stored)
	}
	const lowered = lowerInScope(computed.text, scope, connection.name)
	if (isProblem(lowered)) return lowered
	const path = file === undefined ? pathPart(lowered.expression) : lowered.expression
	return path === undefined
		? refuse('the path of its workbook cannot be told apart from the connection string that an expression computes')
		: { expression: path, text: lowered.text }
}

const dataSource = (text: string): string => /\bData Source\s*=\s*"?([^;"]*)/i.exec(text)?.[1]?.trim() ?? ''

/** Of `"…;Data Source=" + @[User::File] + ";Extended…"` what stands between. */
function pathPart(expression: Expression): Expression | undefined {
	const parts = flat(expression)
	const start = parts.findIndex((part) => /\bData Source\s*=\s*[^;]*$/i.test(literalOf(part) ?? ''))
	const end = parts.findIndex((part, index) => index > start && (literalOf(part) ?? '').includes(';'))
	if (start === -1) return undefined
	const first = literalPart(parts[start], (text) => text.replace(/^.*\bData Source\s*=\s*/is, ''))
	const last = end === -1 ? [] : literalPart(parts[end], (text) => text.slice(0, text.indexOf(';')))
	const path = [...first, ...parts.slice(start + 1, end === -1 ? undefined : end), ...last]
	const [only] = path
	if (only === undefined || path.length === 1) return only
	return { kind: 'call', operation: 'ssis.concat', args: path, type: expression.type }
}

const flat = (expression: Expression): readonly Expression[] =>
	expression.kind === 'call' && expression.operation === 'ssis.concat' ? expression.args.flatMap(flat) : [expression]

const literalOf = (expression: Expression | undefined): string | undefined =>
	expression?.kind === 'literal' && typeof expression.value === 'string' ? expression.value : undefined

/** A changed literal, or nothing where nothing is left of it. */
function literalPart(expression: Expression | undefined, change: (text: string) => string): readonly Expression[] {
	const text = change(literalOf(expression) ?? '')
	return text === '' || expression?.kind !== 'literal' ? [] : [{ ...expression, value: text }]
}
