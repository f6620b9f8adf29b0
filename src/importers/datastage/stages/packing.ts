/**
 * Encode and Decode pipe whole records through a command, Compress and Expand through one of two programs (IBM: Encode, Decode,
 * Compress and Expand stages). What one packs and the next unpacks arrives as it was.
 */
import { propertyOf } from '../keys.ts'
import { mapOutput } from '../mapping.ts'
import type { StageContext, StageStreams } from '../stage-context.ts'
import type { Stage } from '../structure.ts'
import { noStreams, onlyInput } from './inputs.ts'

/** The stage type that undoes each. */
const partners: Readonly<Record<string, string>> = {
	PxEncode: 'PxDecode',
	PxDecode: 'PxEncode',
	PxCompress: 'PxExpand',
	PxExpand: 'PxCompress',
}
const packs = (type: string): boolean => type === 'PxEncode' || type === 'PxCompress'

/** Commands that undo those that pack. */
const undoing: Readonly<Record<string, readonly string[]>> = {
	compress: ['uncompress', 'compress -d', 'zcat'],
	gzip: ['gunzip', 'gzip -d', 'zcat'],
	bzip2: ['bunzip2', 'bzip2 -d', 'bzcat'],
	base64: ['base64 -d', 'base64 --decode'],
}

export function lower(context: StageContext): StageStreams {
	const { type } = context.stage
	const [output, ...others] = context.outputs
	if (output === undefined || others.length > 0) {
		context.refuse(`it has ${context.outputs.length} output links, not one`)
		return noStreams
	}
	const reason = obstacle(context.stage, packs(type) ? output.link.to : context.inputs[0]?.link.from)
	const only = onlyInput(context)
	if (reason !== undefined) context.refuse(reason)
	if (only === undefined || reason !== undefined) return noStreams
	if (!packs(type)) return new Map([[output.pin.id, mapOutput(context, output, only.stream)]])
	// The link between the two declares bytes; the rows are what they were.
	const provenance = context.provenance(output.link.lines, output.link.name)
	return new Map([[output.pin.id, { ...only.stream, name: output.link.name, provenance }]])
}

/** Why the stage on the other end of the packed link does not undo this one, or is not undone by it. */
function obstacle(stage: Stage, partner: Stage | undefined): string | undefined {
	if (partner?.type !== partners[stage.type] || partner === undefined) {
		return packs(stage.type)
			? 'it packs whole records into bytes of the old engine, and no stage of the job unpacks them'
			: 'it unpacks bytes of the old engine, which no stage of the job has packed'
	}
	const isUndone = packs(stage.type) ? undoes(stage, partner) : undoes(partner, stage)
	return isUndone ? undefined : `whether it and ${partner.name} undo each other cannot be told from their commands`
}

const commandOf = ({ properties }: Stage): string => propertyOf(properties, 'command').trim().replace(/\s+/g, ' ')

/** Compress and Expand know two programs and name the same; Encode and Decode run any command. */
function undoes(packing: Stage, unpacking: Stage): boolean {
	const [one, other] = [commandOf(packing), commandOf(unpacking)]
	if (packing.type === 'PxCompress') return (one || 'compress') === (other || 'compress')
	return (undoing[one.replace(/ -\d$/, '')] ?? []).includes(other)
}
