import { isSet, textOf } from '../columns.ts'
import { propertyOf } from '../keys.ts'
import type { StageContext } from '../stage-context.ts'
import type { Words } from '../words.ts'

/** Functions that look at other rows than the one at hand. */
const rowFunctions: Readonly<Record<string, string>> = {
	saveinputrecord: 'it caches input rows (SaveInputRecord)',
	getsavedinputrecord: 'it caches input rows (GetSavedInputRecord)',
	lastrow: 'it asks for the last row (LastRow)',
	lastrowingroup: 'it asks for the last row of a group (LastRowInGroup)',
	nextsurrogatekey: 'it takes surrogate keys (NextSurrogateKey)',
}

/** Refuses what a Transformer may do and the model cannot say. */
export function refuseUnsupported(context: StageContext, words: Words): void {
	const { stage } = context
	const { collections, values } = stage.record
	if ((collections.get('LoopVars') ?? []).length > 0 || hasLoop(context))
		context.refuse('it loops over rows (loop condition)')
	if (words.system.has('@ITERATION')) context.refuse('it loops over rows (@ITERATION)')
	for (const name of ['@PARTITIONNUM', '@NUMPARTITIONS'])
		if (words.system.has(name)) context.refuse(`it asks for partitions (${name})`)
	for (const [name, reason] of Object.entries(rowFunctions)) if (words.calls.has(name)) context.refuse(reason)
	for (const { pin } of context.outputs) {
		if (isSet(pin.record.values, 'RowLimit'))
			context.refuse(`it ends the job when link ${pin.name} has ${textOf(pin.record.values, 'RowLimit')} rows`)
	}
	if (isSet(values, 'OldNullHandling') || propertyOf(stage.meta, 'OldNullHandling') === '1')
		context.refuse('it handles nulls in the way of versions before 8.5 (legacy null processing)')
}

function hasLoop({ stage }: StageContext): boolean {
	return (stage.record.collections.get('LoopCondition') ?? []).some(
		({ values }) => textOf(values, 'Expression').trim() !== '',
	)
}
