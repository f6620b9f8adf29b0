/** The four links of a Slowly Changing Dimension stage. */
import type { StageContext, StageInput, StageOutput } from '../../stage-context.ts'
import { sortedInputs } from '../inputs.ts'

export interface DimensionLinks {
	readonly source: StageInput
	readonly reference: StageInput
	/** The main output: every row of the source. Absent where its rows go nowhere. */
	readonly main: StageOutput | undefined
	readonly update: StageOutput
}

export function dimensionLinks(context: StageContext): DimensionLinks | undefined {
	const inputs = sortedInputs(context)
	const [reference, ...moreReferences] = inputs.filter(({ link }) => link.kind === 'reference')
	const [source, ...moreSources] = inputs.filter(({ link }) => link.kind !== 'reference')
	if (source === undefined || reference === undefined || moreSources.length > 0 || moreReferences.length > 0) {
		context.refuse(`it has ${inputs.length} input links, not a source and a reference link`)
		return undefined
	}
	const update = updateLink(context)
	if (update === undefined) {
		context.refuse('the export does not say which of its output links carries the changes of the dimension')
		return undefined
	}
	const others = context.outputs.filter((output) => output !== update)
	if (others.length > 1) context.refuse(`it has ${context.outputs.length} output links`)
	return { source, reference, main: others[0], update }
}

/**
 * The stage names its main output; the other one is the dimension update link, to which alone the stage propagates purposes
 * (IBM: Purpose codes in a Slowly Changing Dimension stage).
 */
function updateLink({ stage, outputs }: StageContext): StageOutput | undefined {
	const named = [stage.properties, ...outputs.map(({ pin }) => pin.properties)]
		.map((properties) => (properties.get('outputlink') ?? '').trim())
		.find((name) => name !== '')
	const main = outputs.filter(({ link, pin }) => link.name === named || pin.id === named)
	const rest = outputs.filter((output) => !main.includes(output))
	if (main.length === 1 && rest.length === 1) return rest[0]
	const told = outputs.filter(({ link }) => link.columns.some(({ dimension }) => dimension !== undefined))
	return told.length === 1 ? told[0] : undefined
}
