/** E1 of a state machine: valid Amazon States Language, every transition leads somewhere, every JSONata text can be read. */
import aslValidator from 'asl-validator'
import jsonata from 'jsonata'

/** Problems of a definition, none when it is well-formed. Placeholders stand for names that Terraform fills in. */
export function definitionProblems(text: string): readonly string[] {
	const filled = text
		.replaceAll(/"\$\{(job_[a-z0-9_]+)\}"/g, '"$1"')
		.replaceAll(/"\$\{state_machine_([a-z0-9_]+)\}"/g, '"arn:aws:states:us-east-1:123456789012:stateMachine:$1"')
		.replaceAll('$${', '${')
		.replaceAll('%%{', '%{')
	const definition: unknown = JSON.parse(filled)
	const unreadable = expressionsIn(definition).flatMap((code) => {
		try {
			jsonata(code)
			return []
		} catch (error) {
			// The library throws plain objects.
			const message =
				typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : String(error)
			return [`${message} in ${code}`]
		}
	})
	const validation = aslValidator(definition)
	return validation.isValid ? unreadable : [...unreadable, ...validation.errorsText('\n').split('\n')]
}

function expressionsIn(part: unknown): readonly string[] {
	if (typeof part === 'string') return /^\{%.*%\}$/s.test(part) ? [part.slice(2, -2)] : []
	if (typeof part !== 'object' || part === null) return []
	return Object.values(part).flatMap(expressionsIn)
}
