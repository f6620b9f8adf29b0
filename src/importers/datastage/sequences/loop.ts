/** Start Loop: what it goes over. Stale values of the other kind of loop stay in the export. */
import type { LoopOver } from '#model/loops.ts'
import { textOf } from '../columns.ts'
import type { ActivityContext } from './activity-context.ts'
import { lowerTemplate, lowerText } from './expressions.ts'

export function loopOver({ stage, names, refuse }: ActivityContext): LoopOver {
	const { values } = stage.record
	const variable = `${stage.name}.$Counter`
	if (textOf(values, 'LoopType') === '1') {
		const written = textOf(values, 'DelimitedLoopValues')
		const { expression, problem } = lowerTemplate(written, names)
		if (problem !== undefined) refuse(`its list: ${problem}`)
		return { kind: 'list', values: { expression, text: written }, delimiter: delimiter(values, refuse), variable }
	}
	/** A number, or `#name#`. */
	const number = (key: string, usual: string) => {
		const written = textOf(values, key).trim() || usual
		const { expression, problem } = written.includes('#') ? lowerTemplate(written, names) : lowerText(written, names)
		if (problem !== undefined) refuse(`its ${key}: ${problem}`)
		return { expression, text: written }
	}
	return {
		kind: 'counter',
		variable,
		from: number('NumericLoopStart', '1'),
		to: number('NumericLoopEnd', '1'),
		step: number('NumericLoopIncrement', '1'),
	}
}

function delimiter(values: ReadonlyMap<string, string>, refuse: (reason: string) => void): string {
	const written = textOf(values, 'Delimiter')
	if (written === '') refuse('its list has no delimiter')
	return { '\\s': ' ', '<space>': ' ', Space: ' ', Comma: ',', Tab: '\t' }[written] ?? written
}
