/** The control flow of a job: its data flow, and the statements that stages run before and after it. */
import type { ControlFlow, DataFlowTask, EventHandler, Precedence, SqlTask, Task } from '#model/control-flow.ts'
import type { Provenance } from '#model/provenance.ts'
import type { JobRoutines } from './job-routines.ts'
import type { StatementAround } from './stage-context.ts'

type Statement = StatementAround & { readonly element: string }

const empty: ControlFlow = { tasks: [], precedences: [], joins: [] }

/**
 * One chain: what goes before, the flow, what comes after. The source runs the statements of different stages in no order; here
 * they follow the order of the stages.
 */
export function aroundFlow(
	name: string,
	provenance: Provenance,
	statements: readonly Statement[],
	routines: JobRoutines,
): ControlFlow {
	const flow: DataFlowTask = {
		kind: 'data-flow',
		id: name,
		element: name,
		name,
		provenance,
		disabled: false,
		flow: name,
	}
	const before = statements.filter(({ when }) => when === 'before').map((one, index) => task(one, index, provenance))
	const after = statements
		.filter(({ when }) => when === 'after')
		.map((one, index) => task(one, before.length + index, provenance))
	const around = chain([...routines.before, ...before, flow, ...after, ...routines.after])
	return routines.afterFailure && after.length === 0 ? evenAfterFailure(around, flow) : around
}

/** What stands right behind the flow runs however that ended. */
function evenAfterFailure(control: ControlFlow, flow: Task): ControlFlow {
	const precedences = control.precedences.map(
		(one): Precedence => (one.from === flow.id ? { ...one, outcome: 'completion' } : one),
	)
	return { ...control, precedences }
}

/** One task after the other. */
export function chain(tasks: readonly Task[]): ControlFlow {
	const precedences = tasks.slice(1).flatMap((one, index) => {
		const from = tasks[index]
		return from === undefined ? [] : [follows(from, one)]
	})
	return { tasks, precedences, joins: [] }
}

function task(statement: Statement, index: number, provenance: Provenance): SqlTask {
	const id = `${statement.element}#statement ${index + 1}`
	return {
		kind: 'execute-sql',
		id,
		element: statement.element,
		name: statement.name,
		provenance: { ...provenance, path: statement.element },
		disabled: false,
		connection: statement.connection,
		batches: [statement.statement],
		parameters: [],
		result: { kind: 'none' },
		...(statement.failOnError ? {} : { handlers: [ignoring(id, provenance)] }),
	}
}

/** Its failure ends there: the job neither stops nor fails. */
const ignoring = (id: string, provenance: Provenance): EventHandler => ({
	event: 'error',
	id: `${id}#ignored`,
	body: empty,
	contains: true,
	provenance,
})

function follows(from: Task, to: Task): Precedence {
	const isIgnored = (from.handlers ?? []).length > 0
	return {
		id: `${from.id} > ${to.id}`,
		from: from.id,
		to: to.id,
		outcome: isIgnored ? 'completion' : 'success',
		combine: 'and',
		provenance: to.provenance,
	}
}
