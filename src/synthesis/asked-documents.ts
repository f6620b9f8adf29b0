/** Documents in which scripts find what they ask for: the first path that they name, with the attributes and children they read. */
import { readSteps } from '#languages/xml/path.ts'
import type { ScriptProgram } from '#model/scripts.ts'
import { visitProgram } from '#model/scripts.ts'
import type { XmlTest } from '#model/xml-queries.ts'
import type { Answer } from '#reference/effects.ts'
import { documentFor } from './xml-documents.ts'

export function documentAsked(program: ScriptProgram | undefined, count: number): Answer {
	const paths: string[] = []
	const inside = new Map<string, XmlTest>()
	if (program !== undefined) {
		visitProgram(program, (part) => {
			const [, text] = part.kind === 'call' ? part.args : []
			if (part.kind !== 'call' || text?.kind !== 'literal' || typeof text.value !== 'string') return
			if (/^XmlDocument\.Select/.test(part.operation)) paths.push(text.value)
			const isAttribute = /^(?:XmlAttributes\.Item|XmlNode\.GetAttribute)$/.test(part.operation)
			const isChild = /^XmlNode\.(?:Item|Select\w+)$/.test(part.operation) && /^\w+$/.test(text.value)
			if (isAttribute || isChild)
				inside.set(part.operation + text.value, { of: isAttribute ? 'attribute' : 'child', name: text.value })
		})
	}
	const [first] = paths
	const path = first === undefined ? undefined : readSteps(first)
	const last = path?.steps.at(-1)
	if (path === undefined || last === undefined) return { value: '<document/>' }
	const steps = [...path.steps.slice(0, -1), { ...last, tests: [...last.tests, ...inside.values()] }]
	return { value: documentFor({ gives: 'texts', path: { steps } }, count) }
}
