/**
 * DSWaitForFile before or after a job: the path of a file, with a `-` in front where the file must be gone, and how long to wait:
 * `timeout:2H`, in seconds where no unit stands (IBM: DSWaitForFile; 12 hours where nothing is said).
 */
import type { SourcedExpression } from '#model/expressions.ts'
import type { ParameterTable } from './parameters.ts'
import { lowerTemplate } from './sequences/expressions.ts'

export interface FileWait {
	readonly path: SourcedExpression
	readonly until: 'appears' | 'disappears'
	readonly timeoutSeconds: number
}

const units: Readonly<Record<string, number>> = { '': 1, S: 1, M: 60, H: 3600 }

export function fileWait(
	argument: string,
	parameters: ParameterTable,
): { readonly wait: FileWait } | { readonly problem: string } {
	const [, written = '', limit] = /^(.*?)(?:\s+timeout\s*[:=]\s*(\S+))?\s*$/is.exec(argument) ?? []
	const until = written.trimStart().startsWith('-') ? 'disappears' : 'appears'
	const text = written.trim().replace(/^-\s*/, '')
	if (text === '') return { problem: 'it names no file' }
	// Behind the slash stands how often it looks.
	const [, number, unit = ''] = /^(\d+)([SMH]?)(?:\/\d+)?$/i.exec(limit ?? '12H') ?? []
	if (number === undefined) return { problem: `it waits until "${limit ?? ''}", and a task waits for so many seconds` }
	const { expression, problem } = lowerTemplate(text, { variables: [], parameters })
	if (problem !== undefined) return { problem }
	const timeoutSeconds = Number(number) * (units[unit.toUpperCase()] ?? 1)
	return { wait: { path: { expression, text }, until, timeoutSeconds } }
}
