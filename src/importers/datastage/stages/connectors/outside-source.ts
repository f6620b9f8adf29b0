/** Sources of systems that Spark does not reach: their rows have to be brought. */
import { propertyOf } from '../../keys.ts'
import { parameterised } from '../../paths.ts'
import type { StageContext, StageOutput, StageStreams } from '../../stage-context.ts'
import { noStreams } from '../inputs.ts'
import { addRead } from './read.ts'
import { readSettings } from './settings.ts'

/**
 * A stage that only reads becomes a data set, which something outside must fill; nothing stands for one that writes.
 * @param statement settings below `Usage`, or properties of the link, of which the first tells what is read
 */
export const outsideSource =
	(system: string, statement: readonly string[] = []) =>
	(context: StageContext): StageStreams => {
		const [output, ...others] = context.outputs
		if (context.inputs.length > 0) {
			context.refuse(
				`it writes to ${system}, which Spark does not reach; write a data set, and let a program of your own bring its rows there`,
			)
			return noStreams
		}
		if (output === undefined || others.length > 0) {
			context.refuse(`it has ${context.outputs.length} output links`)
			return noStreams
		}
		const read = readSettings(context.stage, output.pin)
		const settings = 'settings' in read ? read.settings : undefined
		for (const parameter of settings?.secretParameters ?? []) context.job.parameters.hide(parameter)
		const told = (name: string): string =>
			settings?.text(`Usage/${name}`) ||
			propertyOf(output.pin.properties, name) ||
			propertyOf(context.stage.properties, name)
		const asked = statement.map(told).find((text) => text !== '')
		return broughtRows(context, output, asked === undefined ? system : `${system}: ${asked}`)
	}

/** The rows of the one output link as a data set. */
export function broughtRows(context: StageContext, output: StageOutput, what: string): StageStreams {
	if (output.link.columns.length === 0) context.refuse('its columns are not in the export')
	context.differ('RG-D094', `${context.stage.name} reads ${what}`)
	const path = parameterised(context, context.stage.name, output.pin.record.lines)
	return new Map([
		[output.pin.id, addRead(context, output, { kind: 'data-set', path, flavour: 'data-set' }, undefined)],
	])
}
