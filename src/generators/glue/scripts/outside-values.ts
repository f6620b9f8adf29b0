/** Package variables and parameters as values of a script, and the other way round. */
import type { Py } from '#languages/python.ts'
import { atom, call, loose } from '#languages/python.ts'
import type { ScriptType } from '#model/scripts.ts'
import { scriptTypeKey } from '#model/scripts.ts'
import type { DataType } from '#model/types.ts'

/** A value that Python holds as text (dates, decimals) or as an argument, as what the script takes it for. */
export function fromStored(text: Py, type: DataType, isArgument: boolean): Py {
	switch (type.kind) {
		case 'timestamp':
		case 'date':
			return call('read_moment', text)
		case 'decimal':
			return call('Decimal', text)
		case 'int':
			return isArgument ? call('int', text) : text
		case 'float':
			return isArgument ? call('float', text) : text
		case 'boolean':
			return isArgument ? loose(`${text.code}.lower() in ("1", "true")`) : text
		default:
			return text
	}
}

/** A value of a script as its variable holds it. */
export function toStored(value: Py, type: ScriptType): Py {
	const key = scriptTypeKey(type)
	if (key === 'timestamp') return call('moment_text', value)
	if (key === 'decimal') return call('format', value, atom('"f"'))
	if (key === 'DataTable') return atom(`${value.code}.rows`)
	if (key === 'DataSet') return atom(`${value.code}.tables[0].rows`)
	return value
}
