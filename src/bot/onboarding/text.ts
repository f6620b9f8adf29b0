import type { Config } from '#config/schema.ts'
import { plural } from '#model/plural.ts'
import { cell, code, table } from '#publish/markdown.ts'
import { begin, end } from '#publish/own-section.ts'
import type { UnitInput } from '../bot.ts'
import { settingsInWords } from '../config-check/words.ts'
import { configPath } from '../settings.ts'
import { kinds } from './found.ts'

/** Units that are named. */
const mostNamed = 20

/** The words of the pull request that offers a config. */
export function onboardingText(
	units: readonly UnitInput[],
	config: Config,
): { readonly title: string; readonly body: string } {
	const files = units.reduce((sum, unit) => sum + unit.files.length, 0)
	const most = config.limits.open_pull_requests
	const after =
		units.length <= most
			? `Reglue opens ${plural(units.length, 'pull request')}, one for each line below.`
			: `Reglue opens ${plural(most, 'pull request')} or fewer at a time; units that lie in the same folder go together.`
	const rows = units
		.slice(0, mostNamed)
		.map(({ name, files: own }) => [cell(name), own.length > 1 ? `${own.length} exports` : cell(own[0] ?? '')])
	const more = units.length - mostNamed
	const body = [
		begin,
		`Reglue turns DataStage and SSIS exports into AWS Glue jobs, and proves that the new job gives the rows of the old one. It found **${plural(files, 'export')}** here: ${kinds(
			units,
		)
			.map(([ending, count]) => `${count} × ${code(ending)}`)
			.join(', ')}.`,
		`**Merge this** to begin. ${after} **Close it** to say no: then nothing happens, and you are not asked again. Until then Reglue writes nothing else.`,
		`### The settings, in words`,
		settingsInWords(config)
			.map((line) => `- ${line}`)
			.join('\n'),
		`Change ${code(configPath)} on this branch as you like; a check says what your change means.`,
		`### What to expect`,
		`${table(['Unit', 'Exports'], rows)}${more > 0 ? `\n\nand ${plural(more, 'more unit')}.` : ''}`,
		'Everything else is said in comments: `/migrate help`.',
		end,
	]
	return { title: 'Set up Reglue', body: `${body.join('\n\n')}\n` }
}
