/** Execute SQL task (Microsoft: Execute SQL Task; Parameters and Return Codes; Result Sets). */

import type { SqlTask, Task } from '#model/control-flow.ts'
import type { SourcedExpression } from '#model/expressions.ts'
import { valueText } from '#model/json-values.ts'
import type { XmlElement } from '../../xml/element.ts'
import { childOf, childrenOf } from '../../xml/element.ts'
import { connectionName } from '../connection-names.ts'
import { pathOf } from '../flow/flat-file-layout.ts'
import type { Refusal } from '../flow/parts.ts'
import { refuse } from '../flow/parts.ts'
import { batches } from '../flow/sql.ts'
import { isTrue } from '../formats/properties.ts'
import type { ConnectionRecord } from '../formats/records.ts'
import type { PackageScope } from '../package-scope.ts'
import { read, textOf } from '../package-scope.ts'
import type { BoundParameter } from './sql-parameters.ts'
import { bindNames, callOf, readParameters } from './sql-parameters.ts'
import type { TaskContext } from './task-context.ts'
import { taskBase } from './task-context.ts'

const attribute = (element: XmlElement, name: string): string => element.attributes.get(`SQLTask:${name}`) ?? ''

export function lowerExecuteSql(context: TaskContext): Task | Refusal {
	const { executable, scope, properties } = context
	const data = childOf(executable.data, 'SQLTask:SqlTaskData')
	if (data === undefined) return refuse('it holds no statement')
	properties.computed('TimeOut')
	if (properties.computed('Connection') !== undefined) return refuse('an expression names its connection manager')
	const connection = scope.connection(attribute(data, 'Connection'))
	if (connection === undefined) return refuse('its connection manager is not there')
	const statement = statementOf(context, data)
	if ('reason' in statement) return statement
	const parameters = readParameters(data, connection, scope)
	if ('reason' in parameters) return parameters
	const bound =
		'file' in statement
			? bindFile(statement.file, parameters.list, connection, data)
			: bind(statement.sql, parameters.list, connection, data)
	if ('reason' in bound) return bound
	const result = resultOf(data, connection, scope)
	if ('reason' in result) return result
	return { ...taskBase(context), kind: 'execute-sql', connection: connectionName(connection), ...bound, result }
}

type Statement = { readonly sql: SourcedExpression } | { readonly file: SourcedExpression }

/** What the task's type of source says: the statement itself, a variable with it, or a file, which is read when the task runs. */
function statementOf({ scope, properties }: TaskContext, data: XmlElement): Statement | Refusal {
	const computed = properties.computed('SqlStatementSource')
	const source = attribute(data, 'SqlStatementSource')
	switch (attribute(data, 'SqlStmtSourceType') || 'DirectInput') {
		case 'DirectInput':
		case '1':
			if (computed !== undefined) return { sql: computed }
			return source.trim() === '' ? refuse('its statement is empty') : { sql: textOf(source) }
		case 'Variable':
		case '3': {
			const named = computed?.expression.kind === 'literal' ? valueText(computed.expression.value) : source
			if (computed !== undefined && computed.expression.kind !== 'literal')
				return refuse('an expression names the variable that holds its statement')
			const variable = scope.value(named)
			return variable === undefined
				? refuse(`no variable has the name ${JSON.stringify(named)}`)
				: { sql: read(variable) }
		}
		case 'FileConnection':
		case '2': {
			if (computed !== undefined) return refuse('an expression names the connection manager of its file')
			const named = scope.connection(source)
			if (named === undefined) return refuse('the connection manager of its file is not there')
			const path = pathOf(named, scope)
			return 'reason' in path ? path : { file: path }
		}
		default:
			return refuse('nothing says where its statement is')
	}
}

/** What a file holds is not known before the run: markers stay as they are, and names of parameters would have to be found in it. */
function bindFile(
	file: SourcedExpression,
	parameters: readonly BoundParameter[],
	connection: ConnectionRecord,
	data: XmlElement,
): Pick<SqlTask, 'batches' | 'file' | 'parameters'> | Refusal {
	if (isTrue(attribute(data, 'IsStoredProc'))) return refuse('a file names the procedure that it calls')
	if (parameters.length > 0 && /^ADO\.NET/.test(connection.type)) return refuse('its parameters are named in a file')
	return { batches: [], file, parameters: parameters.map(({ bound }) => bound) }
}

/** Splits a stated text into its batches; names of ADO.NET parameters become markers, as JDBC has them. */
function bind(
	sql: SourcedExpression,
	parameters: readonly BoundParameter[],
	connection: ConnectionRecord,
	data: XmlElement,
): Pick<SqlTask, 'batches' | 'parameters'> | Refusal {
	// An expression may be a plain literal, whose text has its quotes.
	const stated = sql.expression.kind === 'literal' ? valueText(sql.expression.value) : undefined
	const isNamed = /^ADO\.NET/.test(connection.type)
	if (isTrue(attribute(data, 'IsStoredProc'))) {
		if (stated === undefined) return refuse('an expression names the procedure that it calls')
		return { batches: [textOf(callOf(stated, parameters, isNamed))], parameters: parameters.map(({ bound }) => bound) }
	}
	const plain = { batches: stated === undefined ? [sql] : batches(stated).map(textOf), parameters: [] }
	if (parameters.length === 0) return plain
	if (!isNamed) return { ...plain, parameters: parameters.map(({ bound }) => bound) }
	if (stated === undefined) return refuse('an expression makes the statement in which its parameters are named')
	const [first = '', ...others] = batches(stated)
	const named = bindNames(first, parameters)
	if ('reason' in named) return named
	return { batches: [named.sql, ...others].map(textOf), parameters: named.parameters }
}

function resultOf(data: XmlElement, connection: ConnectionRecord, scope: PackageScope): SqlTask['result'] | Refusal {
	const bindings = childrenOf(data, 'SQLTask:ResultBinding').map((binding) => ({
		result: attribute(binding, 'ResultName'),
		variable: scope.value(attribute(binding, 'DtsVariableName')),
	}))
	const bound = bindings.flatMap(({ result, variable }) =>
		variable?.kind !== 'variable'
			? []
			: [{ column: /^\d+$/.test(result) ? Number(result) : result, variable: variable.name }],
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
			if (first === undefined) return refuse('its XML is bound to no variable')
			// OLE DB streams XML inside a ROOT element; ADO.NET gives what the statement gives. Seen in packages, not documented.
			return { kind: 'xml', variable: first.variable, ...(/^ADO\.NET/.test(connection.type) ? {} : { root: 'ROOT' }) }
	}
}
