/** Scripts that ask for their rows themselves, by `while (Buffer.NextRow())`. */
import type { ScriptProgram, ScriptStatement } from '#model/scripts.ts'
import { expressionsOf, visitScriptExpression, visitStatements } from '#model/scripts.ts'

/**
 * Why a script's own loops over rows cannot be followed; undefined where they can.
 *
 * @param passes whether rows go on to an output of their own accord, as those of synchronous outputs do once a loop has seen them
 */
export function unfollowedLoop({ methods, entry }: ScriptProgram, passes: boolean): string | undefined {
	for (const { name, body } of methods) {
		const { loops, others } = asked(body)
		if (others > 0) return 'its script asks for the next row elsewhere than at the head of a loop'
		if (loops === 0 || !passes) continue
		if (name !== entry.allRows) return `its script loops over rows in the method ${name}, which hands none on`
		if (returns(body)) return 'its script may return before it has seen all rows'
	}
	return undefined
}

/** How often the next row is asked for, as the condition that a loop begins with, and otherwise. */
function asked(body: readonly ScriptStatement[]): { readonly loops: number; readonly others: number } {
	let [loops, all] = [0, 0]
	visitStatements(body, (statement) => {
		if (statement.kind === 'while' && statement.condition.kind === 'next-row' && !statement.after) loops += 1
		for (const expression of expressionsOf(statement)) {
			visitScriptExpression(expression, ({ kind }) => {
				if (kind === 'next-row') all += 1
			})
		}
	})
	return { loops, others: all - loops }
}

function returns(body: readonly ScriptStatement[]): boolean {
	let found = false
	visitStatements(body, ({ kind }) => {
		if (kind === 'return') found = true
	})
	return found
}
