/** Why a command is not done: each with the reason, who may or where, and what to copy. */
import type { CommandVerb, ConfigRole } from '#config/permissions.ts'
import { rolesFrom } from '#config/permissions.ts'
import type { Role } from '#forge/repository.ts'
import { code } from '#publish/markdown.ts'
import type { Answer, Talk, Where } from './command.ts'
import { usage } from './command.ts'
import type { Spoken } from './grammar.ts'
import { closest } from './near.ts'
import { commands, verbs } from './registry.ts'

export function unreadable({ problem }: Spoken): Answer {
	return { kind: 'refused', why: `It cannot be read: ${problem ?? ''}.`, copy: '/migrate help' }
}

export function unknownVerb({ verb, line }: Spoken): Answer {
	const near = closest(verb, verbs)
	const why = `There is no command ${code(verb)}.`
	if (near === undefined) return { kind: 'refused', why, copy: '/migrate help' }
	const meant = line.replace(/^(\S+\s+)\S+/, (_all, start: string) => `${start}${near}`)
	return { kind: 'refused', why: `${why} Did you mean ${code(near)}?`, copy: meant }
}

export function wrongWords(verb: CommandVerb, problem: string): Answer {
	return {
		kind: 'refused',
		why: `It cannot be done like that: ${problem}. It is written ${code(usage(verb, commands[verb]))}.`,
		copy: `/migrate help ${verb}`,
	}
}

export function notPermitted(
	author: string,
	verb: CommandVerb,
	{ role, needed, isRaised }: { readonly role: Role; readonly needed: ConfigRole; readonly isRaised: boolean },
	line: string,
): Answer {
	const has = role === 'none' ? 'has no access here' : `has ${code(role)}`
	const said = isRaised
		? ` This repository asks for it in ${code(`permissions.${verb}`)} of ${code('.github/reglue.yml')}.`
		: ''
	return {
		kind: 'refused',
		why: `${code(verb)} needs ${code(needed)} access, and ${code(author)} ${has}.${said}`,
		who: `people with ${anyOf(rolesFrom(needed))} access.`,
		copy: line,
	}
}

const anyOf = (roles: readonly string[]): string => {
	const named = roles.map((role) => code(role))
	return named.length === 1 ? named.join('') : `${named.slice(0, -1).join(', ')} or ${named.at(-1) ?? ''}`
}

/** @returns undefined where the command has its place here */
export function wrongPlace(where: Where, talk: Talk, line: string): Answer | undefined {
	if (where === 'anywhere') return undefined
	if (talk.kind === 'issue') {
		return { kind: 'refused', why: 'This is an issue.', where: inUnits, copy: line }
	}
	if (talk.kind === 'fork') {
		return {
			kind: 'refused',
			why: 'This pull request comes from a fork: Reglue reads and reports those, and neither writes to them nor runs them.',
			where: 'in a pull request whose branch is in this repository.',
			copy: '/migrate status',
		}
	}
	if (talk.pull.state !== 'open' && where !== 'any-unit') {
		const state = talk.pull.state === 'merged' ? 'merged' : 'closed'
		const isAgain = talk.kind === 'unit' && state === 'closed'
		return {
			kind: 'refused',
			why: `This pull request is ${state}.`,
			where: isAgain ? 'here, once it is open again.' : 'in one that is open.',
			copy: isAgain ? '/migrate reopen' : line,
		}
	}
	if (talk.kind === 'people' && where !== 'pull') {
		return { kind: 'refused', why: 'This pull request is not one of Reglue’s.', where: inUnits, copy: line }
	}
	return undefined
}

const inUnits = 'in a pull request that Reglue opened; its branch starts with `reglue/`.'

export function brokenConfig(file: string, problems: number): Answer {
	return {
		kind: 'refused',
		why: `${code(file)} on the default branch has ${problems === 1 ? 'a problem' : `${problems} problems`}, and nothing is written until that is mended. An issue lists what is wrong.`,
		copy: '/migrate help',
	}
}

export function notSetUp(file: string): Answer {
	return {
		kind: 'refused',
		why: `Reglue is not set up here: there is no ${code(file)} on the default branch. Merge the pull request that adds it.`,
		copy: '/migrate help',
	}
}
