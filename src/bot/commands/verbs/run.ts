import { code } from '#publish/markdown.ts'
import type { Act, Answer, Command, PullTalk, Scene } from '../command.ts'
import { proveAgain } from '../prove.ts'
import { inUnit, namedJobs } from '../units.ts'
import { wordsFor } from '../words.ts'

/** `/migrate run`: the check again, on the commit that it was said of. */
export const run = {
	takes: '[JOB…] [--engine local|aws-glue]',
	does: 'runs the check again, of all jobs or of those named',
	examples: ['/migrate run', '/migrate run DailySales', '/migrate run --engine local'],
	where: 'pull',
	bound: 'head',
	readOnly: false,
	read: wordsFor({ values: [0, 50], options: { engine: 'value' } }, ({ values, options }) => {
		const engine = options.get('engine') ?? 'local'
		if (engine !== 'local' && engine !== 'aws-glue') {
			return { problem: `there is no engine ${code(engine)}; there is \`local\` and \`aws-glue\`` }
		}
		return { act: engine === 'local' ? act(values) : onAws }
	}),
} as const satisfies Command

const onAws: Act = () =>
	Promise.resolve({
		kind: 'refused',
		why: 'No engine on AWS is configured here: the operator of Reglue would have to allow it. The check on this machine needs none.',
		copy: '/migrate run --engine local',
	})

const act = (names: readonly string[]): Act =>
	inUnit(async (scene, talk) => {
		const refused = await unknownJobs(scene, talk, names)
		return refused ?? proveAgain(scene, talk, names)
	})

async function unknownJobs(scene: Scene, talk: PullTalk, names: readonly string[]): Promise<Answer | undefined> {
	if (names.length === 0) return undefined
	if (talk.kind !== 'unit') {
		return {
			kind: 'refused',
			why: 'Jobs can be named in the pull requests of Reglue only; here the check is one.',
			copy: '/migrate run',
		}
	}
	const named = await namedJobs(scene, talk, names)
	return named.kind === 'refused' ? named : undefined
}
