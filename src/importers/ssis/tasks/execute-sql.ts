/** Execute SQL task (Microsoft: Execute SQL Task; parameters and result bindings of single rows). */
import { fromCode, toModel } from '#languages/ssis/types.ts'
import type { SqlParameter, SqlTask, Task } from '#model/control-flow.ts'
import type { SourcedExpression } from '#model/expressions.ts'
import type { XmlElement } from '../../xml/element.ts'
import { childOf, childrenOf } from '../../xml/element.ts'
import { connectionName } from '../connection-names.ts'
import { isProblem, lowerInScope } from '../flow/expressions.ts'
import type { Refusal } from '../flow/parts.ts'
import { refuse } from '../flow/parts.ts'
import { batches } from '../flow/sql.ts'
import { whole } from '../formats/properties.ts'
import type { PackageScope } from '../package-scope.ts'
import { read, textOf } from '../package-scope.ts'
import type { TaskContext } from './task-context.ts'
import { placeOf, taskBase } from './task-context.ts'

const attribute = (element: XmlElement, name: string): string => element.attributes.get(`SQLTask:${name}`) ?? ''

export function lowerExecuteSql(context: TaskContext): Task | Refusal {
	const data = childOf(context.executable.data, 'SQLTask:SqlTaskData')
	if (data === undefined) return refuse('it holds no statement')
	const connection = context.scope.connection(attribute(data, 'Connection'))
	if (connection === undefined) return refuse('its connection manager is not there')
	const statement = statementOf(context, data)
	if ('reason' in statement) return statement
	const parameters = parametersOf(data, context.scope)
	if ('reason' in parameters) return parameters
	const result = resultOf(data, context.scope)
	if ('reason' in result) return result
	return {
		...taskBase(context),
		kind: 'execute-sql',
		connection: connectionName(connection),
		batches: statement.batches,
		parameters: parameters.list,
		result,
	}
}

function statementOf(context: TaskContext, data: XmlElement): { batches: readonly SourcedExpression[] } | Refusal {
	const { executable, scope } = context
	const computed = executable.expressions.find((one) => one.property === 'SqlStatementSource')
	if (computed !== undefined) {
		const lowered = lowerInScope(computed.text, scope, executable.name, placeOf(context))
		return isProblem(lowered) ? lowered : { batches: [{ expression: lowered.expression, text: lowered.text }] }
	}
	const source = attribute(data, 'SqlStatementSource')
	switch (attribute(data, 'SqlStmtSourceType') || 'DirectInput') {
		case 'DirectInput':
		case '1':
			return source.trim() === '' ? refuse('its statement is empty') : { batches: batches(source).map(textOf) }
		case 'Variable':
		case '3': {
			const variable = scope.value(source)
			return variable === undefined
				? refuse(`no variable has the name ${JSON.stringify(source)}`)
				: { batches: [read(variable)] }
		}
		default:
			return refuse('its statement is in a file')
	}
}

const directions: Readonly<Record<string, SqlParameter['direction']>> = {
	input: 'input',
	'1': 'input',
	output: 'output',
	'2': 'output',
	returnvalue: 'return',
	'4': 'return',
}

/** Bound by order: names are numbers for OLE DB and ODBC; those of ADO.NET stand in the order of the file. */
function parametersOf(data: XmlElement, scope: PackageScope): { list: readonly SqlParameter[] } | Refusal {
	const bindings = childrenOf(data, 'SQLTask:ParameterBinding')
	const ordered = [...bindings].sort((left, right) => rank(left) - rank(right))
	const list: SqlParameter[] = []
	for (const binding of ordered) {
		const variable = scope.value(attribute(binding, 'DtsVariableName'))
		const direction = directions[(attribute(binding, 'ParameterDirection') || 'Input').toLowerCase()]
		if (variable === undefined || direction === undefined)
			return refuse(`its parameter ${attribute(binding, 'ParameterName')} is bound to nothing`)
		const type = fromCode(whole(attribute(binding, 'DataType'), 0)) ?? variable.type
		list.push({ direction, variable: variable.name, type: toModel(type) })
	}
	return { list }
}

const rank = (binding: XmlElement): number => whole(attribute(binding, 'ParameterName'), 0)

function resultOf(data: XmlElement, scope: PackageScope): SqlTask['result'] | Refusal {
	const bindings = childrenOf(data, 'SQLTask:ResultBinding').map((binding) => ({
		result: attribute(binding, 'ResultName'),
		variable: scope.value(attribute(binding, 'DtsVariableName')),
	}))
	const bound = bindings.flatMap(({ result, variable }) =>
		variable === undefined ? [] : [{ column: /^\d+$/.test(result) ? Number(result) : result, variable: variable.name }],
	)
	if (bound.length < bindings.length) return refuse('its result is bound to a variable that is not there')
	const [first] = bound
	switch (attribute(data, 'ResultType') || attribute(data, 'ResultSetType') || 'ResultSetType_None') {
		case 'ResultSetType_None':
		case '1':
			return { kind: 'none' }
		case 'ResultSetType_SingleRow':
		case '2':
			return { kind: 'single-row', bindings: bound }
		case 'ResultSetType_Rowset':
		case '3':
			return first === undefined
				? refuse('its result set is bound to no variable')
				: { kind: 'rows', variable: first.variable }
		default:
			return refuse('its result is XML')
	}
}
