/** Settings of tasks that keep them as attributes of one element of their own. */
import type { SourcedExpression } from '#model/expressions.ts'
import { childOf } from '../../xml/element.ts'
import type { Refusal } from '../flow/parts.ts'
import { refuse } from '../flow/parts.ts'
import { textOf } from '../package-scope.ts'
import type { TaskContext } from './task-context.ts'

export type Setting = (name: string) => SourcedExpression

/** A setting of the task's own element, as stored or as an expression of the same name computes it. */
export function settingsOf({ executable, properties }: TaskContext, element: string): Setting | undefined {
	const data = childOf(executable.data, element)
	return data === undefined ? undefined : (name) => properties.text(name, data.attributes.get(name) ?? '')
}

/** Container, folder and file of a store as one path. */
export function joined(setting: Setting, ...names: readonly string[]): SourcedExpression | Refusal {
	const parts = names.map(setting)
	if (parts.some(({ expression }) => expression.kind !== 'literal'))
		return refuse('expressions compute parts of its path')
	return textOf(
		parts
			.map((one) => one.text.replace(/^\/+|\/+$/g, ''))
			.filter((one) => one !== '')
			.join('/'),
	)
}

/** Times before and after which files are left out; the designer's own values take all that there are. */
export const takesAllTimes = (setting: Setting): boolean => {
	const year = (name: string): number => Number(/\b(\d{4})\b/.exec(setting(name).text)?.[1] ?? NaN)
	return !(year('TimeRangeFrom') > 1900) && !(year('TimeRangeTo') < 2100)
}
