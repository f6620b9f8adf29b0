/** The definition as a file: a template of Terraform whose only variables are the names of what the machine starts. */
import type { StateMachine } from './asl.ts'

const placeholder = /^\$\{[a-z0-9_]+\}$/

/** Two blanks a level, one newline at the end. `${` and `%{` inside other texts are doubled, as templates want them. */
export function definitionText(definition: StateMachine): string {
	const text = JSON.stringify(
		definition,
		(_key, value: unknown) =>
			typeof value === 'string' && !placeholder.test(value)
				? value.replaceAll('${', () => '$${').replaceAll('%{', () => '%%{')
				: value,
		2,
	)
	return `${text}\n`
}
