/** One interpreter for each kind of operator; a kind without one does not compile. */
import type { OperatorKind } from '#model/operators.ts'
import type { Interpreter } from '../context.ts'
import { aggregate } from './aggregate.ts'
import { changeApply } from './change-apply.ts'
import { changeCapture } from './change-capture.ts'
import { checksum } from './checksum.ts'
import { command } from './command.ts'
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

export const interpreters = {
	read,
	write,
	project,
	filter,
	route,
	join,
	lookup,
	union,
	aggregate,
	sort,
	distinct,
	number,
	stateful,
	repeat,
	'look-ahead': lookAhead,
	replay,
	sample,
	pivot,
	unpivot,
	gather,
	spread,
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
	observe,
	command,
	script,
	opaque,
} as const satisfies { readonly [K in OperatorKind]: Interpreter<K> }
