/**
 * Raw File Source and Destination: rows in the engine's own form, for other packages (Microsoft: Raw File Source, Raw File
 * Destination). The new jobs keep such files as data sets; a raw file of the old engine itself cannot be read.
 */
import type { SourcedExpression } from '#model/expressions.ts'
import type { DataSetTarget } from '#model/places.ts'
import { variableText } from '../flow/database-source.ts'
import { connectInput } from '../flow/input-columns.ts'
import type { ComponentContext, Refusal } from '../flow/parts.ts'
import { mainInput, mainOutput, refuse } from '../flow/parts.ts'
import { fillSource } from '../flow/source-rows.ts'
import { whole } from '../formats/properties.ts'

const FROM_VARIABLE = 1

/** `WriteOption`: 0 create always, 1 create once, 2 append, 3 truncate and append. */
const modes: readonly (DataSetTarget['mode'] | undefined)[] = ['overwrite', 'create', 'append', 'overwrite']

export function lowerRawSource(context: ComponentContext): Refusal | undefined {
	const output = mainOutput(context.component)
	const path = pathOf(context)
	if (output === undefined) return refuse('it has no output')
	if ('reason' in path) return path
	fillSource(context, output, { kind: 'data-set', path, flavour: 'raw-file' })
	return undefined
}

export function lowerRawDestination(context: ComponentContext): Refusal | undefined {
	const input = mainInput(context.component)
	const path = pathOf(context)
	if (input === undefined) return refuse('it has no input')
	if ('reason' in path) return path
	const option = context.component.properties.get('WriteOption') ?? '0'
	const mode = modes[whole(option, -1)]
	if (mode === undefined) return refuse(`its write option ${option} is not known`)
	return connectInput(context, input, { kind: 'data-set', path, flavour: 'raw-file', mode })
}

function pathOf(context: ComponentContext): SourcedExpression | Refusal {
	if (whole(context.component.properties.get('AccessMode'), 0) !== FROM_VARIABLE) {
		const { value } = context.text('FileName')
		return value.text === '' ? refuse('it names no file') : value
	}
	return variableText(context, 'FileNameVariable')?.value ?? refuse('the variable that names its file is not there')
}
