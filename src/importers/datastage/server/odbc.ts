/**
 * The ODBC stage of server jobs. A public reader of exports of 11.7 names its keys: DSN and UserName on the stage, SqlPrimary on
 * links that read; TableName, SqlInsert, SqlUpdate and SqlDelete on links that write, where a code that no document
 * explains says which of these run, and whether the table is emptied before.
 */
import { textOf } from '../columns.ts'
import type { Stream } from '../flow.ts'
import type { StageContext, StageOutput, StageStreams } from '../stage-context.ts'
import { connect } from '../stages/connectors/connection.ts'
import { addRead, query } from '../stages/connectors/read.ts'
import { typedStage } from './typed-stage.ts'

export const lower = typedStage((context: StageContext): StageStreams => {
	if (context.inputs.length > 0)
		context.refuse('it writes rows by an update action whose code is not documented; write the statement by hand')
	return new Map(context.outputs.map((output) => [output.pin.id, read(context, output)]))
})

function read(context: StageContext, output: StageOutput): Stream {
	const { values } = output.pin.record
	const statement = textOf(values, 'SqlPrimary').trim()
	if (statement === '') context.refuse('it holds no statement to read by')
	const others = [...values].filter(([key, value]) => /^Sql(?!Primary$)/.test(key) && value.trim() !== '')
	for (const [key] of others) context.refuse(`its statement ${key} is not documented`)
	if (/\?/.test(statement.replaceAll(/'[^']*'/g, '')))
		context.refuse('its statement asks for each row of the lookup in a way that no single query answers')
	const part = context.outputs.length > 1 ? output.link.name : undefined
	return addRead(context, output, query(context, output, statement, connection(context), undefined), part)
}

function connection(context: StageContext): string {
	const { values } = context.stage.record
	const password = textOf(values, 'Password')
	const parameters = [...password.matchAll(/#([\w$.]+)#/g)].map((match) => match[1] ?? '')
	return connect(context, {
		server: textOf(values, 'DSN'),
		user: textOf(values, 'UserName'),
		secrets: password.trim() === '' || parameters.length > 0 ? [] : ['password'],
		secretParameters: parameters,
	})
}
