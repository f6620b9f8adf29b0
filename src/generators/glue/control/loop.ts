/** The head of a loop, and what it does before and after the tasks of a pass. */
import { pyString } from '#languages/python.ts'
import type { LoopTask } from '#model/control-flow.ts'
import type { LoopBinding, LoopOver } from '#model/loops.ts'
import { docText } from '../doc-text.ts'
import { driverValue } from '../driver-value.ts'
import { folderPlace, placeText } from '../plan/task-places.ts'
import type { ScriptContext } from '../script-context.ts'
import { pythonValue, variableKindOf } from './variable-kind.ts'

export interface LoopHead {
	/** For the docstring. */
	readonly what: string
	readonly before: readonly string[]
	/** `for …` or `while …`, without its colon. */
	readonly line: string
	/** What a pass begins with. */
	readonly first: readonly string[]
	/** What a pass ends with. */
	readonly last: readonly string[]
}

export function loopHead({ id, over }: LoopTask, script: ScriptContext): LoopHead {
	const value = (one: { readonly expression: Parameters<typeof driverValue>[0] }): string =>
		driverValue(one.expression, script.driver)
	const plain = (what: string, line: string, first: readonly string[]): LoopHead => ({
		what,
		before: [],
		line,
		first,
		last: [],
	})
	switch (over.kind) {
		case 'condition': {
			const set = (one: typeof over.initial): readonly string[] =>
				one === undefined ? [] : [`${script.variable(one.variable)} = ${value(one.value)}`]
			const line = `while ${value(over.while)}`
			return {
				what: `repeats while ${docText(over.while.text)}`,
				before: set(over.initial),
				line,
				first: [],
				last: set(over.step),
			}
		}
		case 'counter': {
			const [from, to, step] = [over.from, over.to, over.step].map(value)
			const line = `for number in ${script.use('counted')}(${from ?? ''}, ${to ?? ''}, ${step ?? ''})`
			return plain('counts', line, [`${script.variable(over.variable)} = number`])
		}
		case 'list': {
			const line = `for part in ${script.use('split_list')}(${value(over.values)}, ${pyString(over.delimiter)})`
			return plain('the parts of a list', line, [`${script.variable(over.variable)} = part`])
		}
		case 'files':
			return plain(
				`files ${docText(over.pattern.text)}`,
				`for file in ${files(id, over, script)}`,
				bind(over.bindings, () => 'file', script),
			)
		case 'items': {
			const rows = over.rows.map((row) => `(${row.map(pythonValue).join(', ')}${row.length === 1 ? ',' : ''})`)
			const indexed = (index: number): string => `item[${index}]`
			return plain('items of the export', `for item in [${rows.join(', ')}]`, bind(over.bindings, indexed, script))
		}
		case 'rows': {
			const cell = (index: number, variable: string): string =>
				`${script.use('parse_value')}(cells[${index}], ${pyString(variableKindOf(variable, script))})`
			const cells = over.bindings.length === 0 ? [] : ['cells = list(row.values())']
			const line = `for row in ${script.use('rows_of')}(${script.variable(over.variable)})`
			return plain(`rows of ${docText(over.variable)}`, line, [...cells, ...bind(over.bindings, cell, script)])
		}
	}
}

function files(id: string, over: Extract<LoopOver, { kind: 'files' }>, script: ScriptContext): string {
	const options = [
		...(over.recurse ? ['recurse=True'] : []),
		...(over.retrieve === 'path' ? [] : [`retrieve=${pyString(over.retrieve)}`]),
		...(over.needsFile === true ? ['needs_file=True'] : []),
	]
	const folder = placeText(folderPlace(id), over.folder, script)
	const arguments_ = ['spark', folder, driverValue(over.pattern.expression, script.driver), ...options]
	return `${script.use('list_files')}(${arguments_.join(', ')})`
}

function bind(
	bindings: readonly LoopBinding[],
	value: (index: number, variable: string) => string,
	script: ScriptContext,
): readonly string[] {
	return bindings.map(({ index, variable }) => `${script.variable(variable)} = ${value(index, variable)}`)
}
