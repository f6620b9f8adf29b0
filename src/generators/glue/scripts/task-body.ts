/** The function body that a script task becomes. */
import { pyString } from '#languages/python.ts'
import type { ScriptTask } from '#model/control-flow.ts'
import { visitStatements } from '#model/scripts.ts'
import type { Node } from '../../text/tree.ts'
import { indent, render } from '../../text/tree.ts'
import type { ScriptContext } from '../script-context.ts'
import { printMethods, stateLines } from './methods.ts'
import { useNames } from './names-used.ts'
import { toStored } from './outside-values.ts'
import { ScriptNames } from './printer.ts'
import { hasReturn } from './row-function.ts'
import type { StatementContext } from './statements.ts'
import { printBody, printStatements } from './statements.ts'
import { withoutUnread } from './unread.ts'

export function scriptBody(task: ScriptTask, script: ScriptContext): Node {
	const program = withoutUnread(task.program)
	const fields = new ScriptNames()
	const methods = new ScriptNames()
	const main = program.methods.find(({ name }) => name === program.entry.main)
	const canFail = main !== undefined && program.methods.some(({ body }) => mentionsFailure(body))
	const none = (): never => {
		throw new Error('a task has no rows')
	}
	const context = (taken: readonly string[] = []): StatementContext => ({
		program,
		spelling: {
			variable: (name) => script.scriptValue('variable', name),
			parameter: (name) => script.scriptValue('parameter', name),
			connection: script.connection,
			cell: none,
			cellKind: none,
			place: script.movedPath,
		},
		fields,
		methods,
		locals: new ScriptNames(taken),
		setVariable: (name, value, expression) => `${script.variable(name)} = ${toStored(value, expression.type).code}`,
		setCell: none,
		addRow: none,
		sendRow: none,
		setResult: (outcome) => (canFail ? [`failed = ${outcome === 'failure' ? 'True' : 'False'}`] : []),
	})
	const others = program.methods.filter((one) => one !== main)
	const failed = canFail
		? ['if failed:', indent(`raise RuntimeError(${pyString(`Task ${task.name}: the script reports a failure`)})`)]
		: []
	const state = stateLines(program, context())
	const inner = printMethods(program, others, context, fields)
	const body: Node[] = [...(canFail ? ['failed = False'] : []), ...state, ...inner]
	if (main !== undefined) {
		if (canFail && hasReturn(main.body)) {
			body.push(
				'',
				'def main_part() -> None:',
				indent(['nonlocal failed', ...printBody(main.body, context())]),
				'',
				'main_part()',
			)
		} else body.push(...printStatements(main.body, context([...fields.all, ...methods.all, 'failed'])))
	}
	body.push(...failed)
	const code = render(body).text
	useNames(code, script.use, script.needs)
	const nothing = body.length === 0 ? ['# The script does nothing that a job could do.'] : []
	return [...nothing, ...body]
}

function mentionsFailure(body: Parameters<typeof visitStatements>[0]): boolean {
	let found = false
	visitStatements(body, (one) => {
		if (one.kind === 'result' && one.outcome === 'failure') found = true
	})
	return found
}
