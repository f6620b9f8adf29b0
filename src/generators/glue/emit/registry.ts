import type { OperatorKind } from '#model/operators.ts'
import { aggregate } from './aggregate.ts'
import { changeApply } from './change-apply.ts'
import { changeCapture } from './change-capture.ts'
import { checksum } from './checksum.ts'
import { command } from './command.ts'
import type { Emitter } from './context.ts'
import { distinct } from './distinct.ts'
import { filter } from './filter.ts'
import { gather } from './gather.ts'
import { generate } from './generate.ts'
import { join } from './join.ts'
import { lookAhead } from './look-ahead.ts'
import { lookup } from './lookup.ts'
import { maintainDimension } from './maintain-dimension.ts'
import { number } from './number.ts'
import { observe } from './observe.ts'
import { opaque } from './opaque.ts'
import { pivot } from './pivot.ts'
import { project } from './project.ts'
import { read } from './read.ts'
import { repeat } from './repeat.ts'
import { replay } from './replay.ts'
import { route } from './route.ts'
import { sample } from './sample.ts'
import { script } from './script.ts'
import { similarGroup } from './similar-group.ts'
import { similarLookup } from './similar-lookup.ts'
import { slowlyChanging } from './slowly-changing.ts'
import { sort } from './sort.ts'
import { spread } from './spread.ts'
import { stateful } from './stateful.ts'
import { termExtraction } from './term-extraction.ts'
import { termLookup } from './term-lookup.ts'
import { union } from './union.ts'
import { unpivot } from './unpivot.ts'
import { write } from './write.ts'

/** How each kind of operator is printed. */
export const emitters: { readonly [K in OperatorKind]: Emitter<K> } = {
	aggregate,
	distinct,
	filter,
	generate,
	'change-capture': changeCapture,
	checksum,
	'change-apply': changeApply,
	'slowly-changing': slowlyChanging,
	'maintain-dimension': maintainDimension,
	'similar-group': similarGroup,
	'similar-lookup': similarLookup,
	'term-extraction': termExtraction,
	'term-lookup': termLookup,
	join,
	'look-ahead': lookAhead,
	lookup,
	number,
	observe,
	command,
	opaque,
	pivot,
	project,
	read,
	repeat,
	replay,
	route,
	sample,
	script,
	sort,
	stateful,
	union,
	unpivot,
	gather,
	spread,
	write,
}
