/** Stages that make, take or change rows by a program, a service or a packed assembly that the export does not hold. */
import { propertyOf } from '../../keys.ts'
import type { StageContext, StageStreams } from '../../stage-context.ts'
import { noStreams } from '../inputs.ts'
import { broughtRows } from './outside-source.ts'
import { readSettings } from './settings.ts'

/**
 * What only gives rows is a data set that something outside must fill. Nothing tells what becomes of rows that the stage takes.
 * @param setting names what is run: a property of the stage, or a setting below `Usage`
 */
export const outsideProgram =
	(what: string, setting: string) =>
	(context: StageContext): StageStreams => {
		const [output, ...others] = context.outputs
		if (context.inputs.length > 0)
			context.refuse(
				`it hands its rows to ${what}, which the export does not hold; write what becomes of them as a function of the script`,
			)
		else if (output === undefined || others.length > 0) context.refuse(`it has ${context.outputs.length} output links`)
		if (output === undefined || context.inputs.length > 0 || others.length > 0) return noStreams
		const read = readSettings(context.stage, output.pin)
		const settings = 'settings' in read ? read.settings : undefined
		for (const parameter of settings?.secretParameters ?? []) context.job.parameters.hide(parameter)
		const written = propertyOf(context.stage.properties, setting) || (settings?.text(`Usage/${setting}`) ?? '')
		return broughtRows(context, output, written === '' ? what : `${what} (${written})`)
	}
