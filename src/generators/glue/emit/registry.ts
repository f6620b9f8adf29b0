import type { OperatorKind } from '#model/operators.ts'
import { aggregate } from './aggregate.ts'
import type { Emitter } from './context.ts'
import { distinct } from './distinct.ts'
import { filter } from './filter.ts'
import { join } from './join.ts'
import { lookup } from './lookup.ts'
import { number } from './number.ts'
import { observe } from './observe.ts'
import { opaque } from './opaque.ts'
import { project } from './project.ts'
import { read } from './read.ts'
import { route } from './route.ts'
import { sample } from './sample.ts'
import { sort } from './sort.ts'
import { stateful } from './stateful.ts'
import { union } from './union.ts'
import { write } from './write.ts'

/** How each kind of operator is printed. */
export const emitters: { readonly [K in OperatorKind]: Emitter<K> } = {
	aggregate,
	distinct,
	filter,
	join,
	lookup,
	number,
	observe,
	opaque,
	project,
	read,
	route,
	sample,
	sort,
	stateful,
	union,
	write,
}
