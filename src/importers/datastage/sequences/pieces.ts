import type { Expression } from '#model/expressions.ts'
import { textOf } from '../columns.ts'
import type { CommandContext } from './activity-context.ts'
import { lowerText } from './expressions.ts'
import type { Piece } from './shell.ts'

/**
 * The pieces of a text in order: what is fixed, and what is known only at run time. A user variable counts as the texts it is
 * made of, so that a command put together there (`"rm -f " : path`) is seen.
 */
export function piecesOf(expression: Expression, context: CommandContext): readonly Piece[] {
	if (expression.kind === 'literal') return typeof expression.value === 'string' ? [expression.value] : [expression]
	if (expression.kind === 'call' && /\.concat$/.test(expression.operation))
		return expression.args.flatMap((part) => piecesOf(part, context))
	const made = expression.kind === 'variable' ? userVariable(expression.name, context) : undefined
	return made === undefined ? [expression] : piecesOf(made, context)
}

/** What a user variable is computed from, when that is put together from other texts. */
function userVariable(name: string, { structure, names }: CommandContext): Expression | undefined {
	for (const stage of structure.stages) {
		if (stage.type !== 'CUserVarsActivity' || !name.startsWith(`${stage.name}.`)) continue
		const item = (stage.record.collections.get('Variables') ?? []).find(
			({ values }) => `${stage.name}.${textOf(values, 'Name')}` === name,
		)
		if (item === undefined) continue
		const { expression, problem } = lowerText(textOf(item.values, 'Description'), names)
		const joined =
			expression.kind === 'literal' || (expression.kind === 'call' && /\.concat$/.test(expression.operation))
		return problem === undefined && joined && !reads(expression, name) ? expression : undefined
	}
	return undefined
}

function reads(expression: Expression, name: string): boolean {
	if (expression.kind === 'variable') return expression.name === name
	return expression.kind === 'call' && expression.args.some((part) => reads(part, name))
}
