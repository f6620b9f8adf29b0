/** Passwords that a script spells and uses: a new job takes them from a secret, which only a person can make. */
import type { ScriptExpression, ScriptProgram } from '#model/scripts.ts'
import { visitProgram, visitStatements } from '#model/scripts.ts'
import { outside } from './outside.ts'

const secretName = /(?:password|passwd|pwd|secret|api_?key|access_?token)$/i

/** Stops where a name says that the text put into it is a secret. */
export function refuseSpelledSecrets(program: ScriptProgram): void {
	const parameters = new Map(program.methods.map((method) => [method.name, method.parameters]))
	// What nothing reads is not printed: a login that is left out.
	const read = new Set<string>()
	visitProgram(program, (part) => {
		if (part.kind === 'local' || part.kind === 'field') read.add(part.name)
	})
	for (const { name, initial } of program.fields) if (read.has(name)) refuse(name, initial)
	for (const { body } of program.methods) {
		visitStatements(body, (one) => {
			if (one.kind !== 'set' || one.target.kind === 'column') return
			if (one.target.kind === 'variable' || read.has(one.target.name)) refuse(one.target.name, one.value)
		})
	}
	visitProgram(program, (part) => {
		if (part.kind !== 'invoke') return
		for (const [at, { name }] of (parameters.get(part.method) ?? []).entries()) refuse(name, part.args[at])
	})
}

function refuse(name: string, value: ScriptExpression | undefined): void {
	const isText = value?.kind === 'literal' && typeof value.value === 'string' && value.value !== ''
	if (isText && secretName.test(name))
		outside(`${name}, a secret that it spells: keep it in AWS Secrets Manager`, value)
}
