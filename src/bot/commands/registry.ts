import type { CommandVerb } from '#config/permissions.ts'
import type { Command } from './command.ts'
import { accept, reject } from './verbs/accept.ts'
import { approve } from './verbs/approve.ts'
import { ask } from './verbs/ask.ts'
import { explain } from './verbs/explain.ts'
import { fix } from './verbs/fix.ts'
import { help } from './verbs/help.ts'
import { map } from './verbs/map.ts'
import { recreate, regenerate } from './verbs/regenerate.ts'
import { reopen } from './verbs/reopen.ts'
import { run } from './verbs/run.ts'
import { set } from './verbs/set.ts'
import { skip } from './verbs/skip.ts'
import { status } from './verbs/status.ts'

/** Every command by its verb, in the order in which help tells them. Who may give it is in `config/permissions.ts`. */
export const commands = {
	help,
	status,
	explain,
	run,
	fix,
	regenerate,
	recreate,
	set,
	map,
	accept,
	reject,
	skip,
	reopen,
	ask,
	approve,
} as const satisfies Readonly<Record<CommandVerb, Command>>

export const isVerb = (word: string): word is CommandVerb => Object.hasOwn(commands, word)

export const verbs: readonly CommandVerb[] = Object.keys(commands).filter(isVerb)
