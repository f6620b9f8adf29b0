/** CALL of a subroutine by a routine: few of them only compute. */
import type { Run, Values } from './routine-run.ts'
import { refuse, valueIn } from './routine-run.ts'
import type { CallStatement } from './routine-syntax.ts'

/** Subroutines that write to the log of the old engine, which nothing else reads. */
const logging: ReadonlySet<string> = new Set(['dsloginfo', 'dslogwarn', 'dslogtocontroller'])

/** Name under which the user status stands among the variables: none of BASIC can be called so. */
export const userStatus = '$UserStatus'

export function called(run: Run, { name, args }: CallStatement, values: Values): Values {
	const { builder, routine, span } = run
	const key = name.toLowerCase()
	const [first] = args
	if (key === 'dssetuserstatus' && first !== undefined && values.has(userStatus))
		return new Map([...values, [userStatus, valueIn(run, first, values)]])
	if (logging.has(key)) {
		const message = `${routine.name} writes to the log by ${name}, which is left out`
		builder.problems.push({ code: 'expression/doubtful', message, span })
	} else refuse(run, `it calls ${name}, which does more than compute`)
	return values
}
