/**
 * One JSON object a line, for whatever collects logs. Everything that is logged goes through here, Probot's own words
 * included, and leaves without secrets: texts are cleaned one by one, and the finished line once more.
 */
import type { Logger } from 'pino'
import { pino } from 'pino'
import type { Log } from '#bot/bot.ts'
import type { Redactor } from './redactor.ts'

export const logLevels = ['debug', 'info', 'warn', 'error', 'silent'] as const

export interface LogOptions {
	readonly level: (typeof logLevels)[number]
	readonly redactor: Redactor
	readonly write: (line: string) => void
}

/** Nobody reads longer texts in a log, and whoever writes comments could fill a disk with them. */
const longestText = 4000
const deepest = 6

export function createLogger({ level, redactor, write }: LogOptions): Logger {
	const clean = (text: string): string => {
		const safe = redactor.clean(text)
		return safe.length > longestText ? `${safe.slice(0, longestText)} … (${safe.length} characters)` : safe
	}
	return pino(
		{
			level,
			base: { pid: process.pid },
			timestamp: pino.stdTimeFunctions.isoTime,
			formatters: {
				level: (label) => ({ level: label }),
				log: (fields) =>
					Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, cleaned(value, clean, 0)])),
			},
			// Errors are made plain with the other fields.
			serializers: { err: (error: unknown) => error },
			hooks: {
				logMethod(args, method) {
					const [first, message, ...rest] = args
					const text = message === undefined ? undefined : clean(message)
					const others = rest.map((part) => (typeof part === 'string' ? clean(part) : part))
					if (typeof first === 'string') method.apply(this, [clean(first), text, ...others])
					else if (first instanceof Error) method.apply(this, [{ err: first }, text ?? clean(first.message), ...others])
					else method.apply(this, [first, text, ...others])
				},
				streamWrite: (line) => redactor.known(line),
			},
		},
		{ write },
	)
}

/** The port of the bot over a logger; `fields` go along with each line. */
export function logOf(logger: Logger): Log {
	return {
		info: (text, fields = {}) => logger.info(fields, text),
		warn: (text, fields = {}) => logger.warn(fields, text),
		error: (text, fields = {}) => logger.error(fields, text),
	}
}

function cleaned(value: unknown, clean: (text: string) => string, depth: number): unknown {
	if (typeof value === 'string') return clean(value)
	if (typeof value !== 'object' || value === null) return typeof value === 'bigint' ? String(value) : value
	if (depth === deepest) return '…'
	if (value instanceof Date) return value.toISOString()
	if (value instanceof Error) {
		const { name, message, stack = '', cause } = value
		const errors = value instanceof AggregateError ? { errors: cleaned(value.errors, clean, depth + 1) } : {}
		return {
			name,
			message: clean(message),
			stack: clean(stack),
			...(cause === undefined ? {} : { cause: cleaned(cause, clean, depth + 1) }),
			...errors,
		}
	}
	if (value instanceof Uint8Array) return `${value.length} bytes`
	if (Array.isArray(value)) return value.map((item) => cleaned(item, clean, depth + 1))
	return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, cleaned(item, clean, depth + 1)]))
}
