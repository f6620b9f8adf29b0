/** Branches of scripts: every `if` and every choice both ways, every loop entered or not. */
import type { ScriptExpression, ScriptProgram, ScriptStatement } from '#model/scripts.ts'
import { visitProgram, visitStatements } from '#model/scripts.ts'
import { fixedDecisions } from './fixed-decisions.ts'

export type Decision = ScriptStatement | ScriptExpression

/** Names of the decisions of a program, by the node that decides: `line 12: if`. */
export function decisionsOf(program: ScriptProgram): ReadonlyMap<Decision, string> {
	const names = new Map<Decision, string>()
	const counts = new Map<string, number>()
	const name = (node: Decision, what: string): void => {
		const plain = `line ${node.line}: ${what}`
		const count = (counts.get(plain) ?? 0) + 1
		counts.set(plain, count)
		names.set(node, count === 1 ? plain : `${plain} ${count}`)
	}
	for (const { body } of program.methods) {
		visitStatements(body, (statement) => {
			if (statement.kind === 'if') name(statement, 'if')
			if ((statement.kind === 'while' && !statement.after) || statement.kind === 'for-each') name(statement, 'loop')
		})
	}
	visitProgram(program, (part) => {
		if (part.kind === 'choose') name(part, 'choice')
	})
	return names
}

/** Both outcomes of every decision, or the one that it always has. */
export function outcomesOf(program: ScriptProgram): readonly string[] {
	const fixed = fixedDecisions(program)
	return [...decisionsOf(program)].flatMap(([node, name]) => {
		const [yes, no] = outcomeNames(node)
		const always = fixed.get(node)
		const outcomes = always === undefined ? [yes, no] : [always ? yes : no]
		return outcomes.map((outcome) => `${name} ${outcome}`)
	})
}

export function outcomeNames(node: Decision): readonly [yes: string, no: string] {
	return node.kind === 'while' || node.kind === 'for-each' ? ['entered', 'passed by'] : ['then', 'else']
}
