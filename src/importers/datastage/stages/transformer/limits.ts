import type { StageContext } from '../../stage-context.ts'
import type { Words } from '../../words.ts'

/** Refuses what a Transformer may do and the model cannot say; true when it did. */
export function refuseUnsupported(context: StageContext, words: Words): boolean {
	const reasons = unsupported(context, words)
	for (const reason of reasons) context.refuse(reason)
	return reasons.length > 0
}

function unsupported(context: StageContext, words: Words): readonly string[] {
	const reasons: string[] = []
	const { stage } = context
	const { collections } = stage.record
	if (words.system.has('@ITERATION') && (collections.get('LoopCondition') ?? []).length === 0)
		reasons.push('it asks for @ITERATION and has no loop')
	return reasons
}
