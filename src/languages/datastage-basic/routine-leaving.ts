/** Which statements of a routine may go elsewhere than to the next one. */
import type { Routine, Statement } from './routine-syntax.ts'
import { namesIn } from './syntax.ts'

/** Statements from a label on; only those that stand outside of all branches and loops are found. */
export function labelled({ body }: Routine, label: string): readonly Statement[] | undefined {
	const at = body.findIndex((one) => one.kind === 'label' && one.name === label)
	return at < 0 ? undefined : body.slice(at + 1)
}

/**
 * May a statement in it leave it? Inside of a loop EXIT, CONTINUE, WHILE and UNTIL stay within, and in what a GOSUB calls a plain
 * RETURN does.
 */
export function leaves(
	routine: Routine,
	body: readonly Statement[],
	inside: 'nothing' | 'loop' = 'nothing',
	calls: readonly string[] = [],
): boolean {
	return body.some((one) => {
		switch (one.kind) {
			case 'return':
				return calls.length === 0 || one.value !== undefined
			case 'goto':
				return true
			case 'exit':
			case 'continue':
			case 'while':
				return inside !== 'loop'
			case 'if':
				return leaves(routine, one.then, inside, calls) || leaves(routine, one.otherwise, inside, calls)
			case 'for':
			case 'loop':
				return leaves(routine, one.body, 'loop', calls)
			case 'gosub':
				return (
					!calls.includes(one.label) &&
					leaves(routine, subroutine(routine, one.label), 'nothing', [...calls, one.label])
				)
			default:
				return false
		}
	})
}

/** Statements of a subroutine: from its label to the first RETURN outside of branches, or to the end. */
function subroutine(routine: Routine, label: string): readonly Statement[] {
	const body = labelled(routine, label) ?? []
	const end = body.findIndex(({ kind }) => kind === 'return')
	return end < 0 ? body : body.slice(0, end + 1)
}

/** Variables to which a statement in it may give another value; what is called may change any of those that it is given. */
export function changes(
	routine: Routine,
	body: readonly Statement[],
	calls: readonly string[] = [],
): ReadonlySet<string> {
	return new Set(
		body.flatMap((one): readonly string[] => {
			switch (one.kind) {
				case 'assign':
					return [one.name]
				case 'call':
					return one.args.flatMap(namesIn)
				case 'if':
					return [...changes(routine, one.then, calls), ...changes(routine, one.otherwise, calls)]
				case 'for':
					return [one.variable, ...changes(routine, one.body, calls)]
				case 'loop':
					return [...changes(routine, one.body, calls)]
				case 'gosub':
					return calls.includes(one.label)
						? []
						: [...changes(routine, subroutine(routine, one.label), [...calls, one.label])]
				default:
					return []
			}
		}),
	)
}
