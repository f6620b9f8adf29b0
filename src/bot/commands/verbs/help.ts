import type { CommandVerb } from '#config/permissions.ts'
import { cell, code, table } from '#publish/markdown.ts'
import type { Act, Command, Scene } from '../command.ts'
import { done, usage } from '../command.ts'
import { closest } from '../near.ts'
import { allows } from '../permission.ts'
import { wordsFor } from '../words.ts'

/** `/migrate help`: what the person can do in this place; `/migrate help VERB`: one command with its examples. */
export const help = {
	takes: '[COMMAND]',
	does: 'tells what you can do here, or how one command is written',
	examples: ['/migrate', '/migrate help set'],
	where: 'anywhere',
	bound: 'no',
	readOnly: true,
	read: wordsFor({ values: [0, 1] }, ({ values: [verb] }) => ({ act: verb === undefined ? listed : detailed(verb) })),
} as const satisfies Command

const listed: Act = (scene) => {
	const names = verbsOf(scene)
	const [may, mayNot] = [names.filter((verb) => isFor(verb, scene)), names.filter((verb) => !isFor(verb, scene))]
	const rows = may.map((verb) => [cell(usage(verb, scene.commands[verb])), `${scene.commands[verb].does}.`])
	const rest =
		mayNot.length === 0
			? ''
			: `\n\nNot here, or not for you: ${mayNot.map((verb) => code(verb)).join(', ')}. \`/migrate help COMMAND\` says who may, and where.`
	return Promise.resolve(done(`${table(['Command', 'What it does'], rows)}${rest}`))
}

function detailed(word: string): Act {
	return (scene) => {
		const names = verbsOf(scene)
		const verb = names.find((name) => name === word.toLowerCase())
		if (verb === undefined) {
			const near = closest(word, names)
			const copy = near === undefined ? '/migrate help' : `/migrate help ${near}`
			return Promise.resolve({ kind: 'refused', why: `There is no command ${code(word)}.`, copy })
		}
		const { does, examples, where } = scene.commands[verb]
		const role = scene.config.permissions[verb]
		return Promise.resolve(
			done(
				`${code(usage(verb, scene.commands[verb]))} ${does}. It needs ${code(role)} access, and works ${places[where]}.\n\n\`\`\`\n${examples.join('\n')}\n\`\`\``,
			),
		)
	}
}

export const places = {
	anywhere: 'in every issue and pull request',
	pull: 'in pull requests that are open and come from this repository',
	unit: 'in the open pull requests of Reglue',
	'any-unit': 'in the pull requests of Reglue, open or closed',
} as const

const verbsOf = ({ commands }: Scene): readonly CommandVerb[] =>
	Object.keys(commands).filter((name): name is CommandVerb => Object.hasOwn(commands, name))

function isFor(verb: CommandVerb, { commands, role, config, talk }: Scene): boolean {
	if (!allows(role, config.permissions[verb])) return false
	const { where } = commands[verb]
	if (where === 'anywhere') return true
	if (talk.kind === 'issue' || talk.kind === 'fork') return false
	if (where === 'any-unit') return talk.kind === 'unit'
	return talk.pull.state === 'open' && (where === 'pull' || talk.kind === 'unit')
}
