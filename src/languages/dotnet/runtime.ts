/** Values of a running script, and how it raises. */
import type { BinaryValue, Decimal, TimestampValue, Value } from '#model/values.ts'

/** A list that the script may change. */
export interface ScriptList {
	readonly kind: 'list'
	readonly items: ScriptValue[]
}

/** Something of the runtime that scripts hand around: a text builder, an exception, a length of time. */
export interface ScriptThing {
	readonly kind: 'thing'
	readonly name: string
	/** What it is made of; the operations of its kind know. */
	readonly state: Record<string, ScriptValue>
}

export interface ScriptMap {
	readonly kind: 'map'
	readonly entries: Map<string, ScriptValue>
	/** The keys themselves, where they are no texts. */
	readonly keys?: Map<string, ScriptValue>
}

export type ScriptValue = Value | ScriptList | ScriptMap | ScriptThing

/** An exception of the script: it unwinds the interpreter to a handler of the script, or to its caller. */
export class ScriptRaised extends Error {
	override readonly name = 'ScriptRaised'
	readonly exception: string

	constructor(exception: string, message: string) {
		super(message)
		this.exception = exception
	}
}

export function raise(exception: string, message: string): never {
	throw new ScriptRaised(exception, message)
}

/** A value that must be there: using null as an object raises. */
function present(value: ScriptValue | undefined): Exclude<ScriptValue, null> {
	return value ?? raise('NullReferenceException', 'Object reference not set to an instance of an object.')
}

function unexpected(wanted: string, value: ScriptValue): never {
	throw new Error(`a script value should be ${wanted} and is ${JSON.stringify(value)}`)
}

export function asText(value: ScriptValue | undefined): string {
	const found = present(value)
	return typeof found === 'string' ? found : unexpected('a text', found)
}

export function asInt(value: ScriptValue | undefined): bigint {
	const found = present(value)
	return typeof found === 'bigint' ? found : unexpected('a whole number', found)
}

export function asFloat(value: ScriptValue | undefined): number {
	const found = present(value)
	return typeof found === 'number' ? found : unexpected('a float', found)
}

export function asBoolean(value: ScriptValue | undefined): boolean {
	const found = present(value)
	return typeof found === 'boolean' ? found : unexpected('a truth value', found)
}

const hasKind = (value: ScriptValue, kind: string): boolean =>
	typeof value === 'object' && value !== null && value.kind === kind

export function asDecimal(value: ScriptValue | undefined): Decimal {
	const found = present(value)
	return hasKind(found, 'decimal') ? (found as Decimal) : unexpected('a decimal', found)
}

export function asMoment(value: ScriptValue | undefined): TimestampValue {
	const found = present(value)
	return hasKind(found, 'timestamp') ? (found as TimestampValue) : unexpected('a moment', found)
}

export function asBytes(value: ScriptValue | undefined): BinaryValue {
	const found = present(value)
	return hasKind(found, 'binary') ? (found as BinaryValue) : unexpected('bytes', found)
}

export function asList(value: ScriptValue | undefined): ScriptList {
	const found = present(value)
	return hasKind(found, 'list') ? (found as ScriptList) : unexpected('a list', found)
}

export function asMap(value: ScriptValue | undefined): ScriptMap {
	const found = present(value)
	return hasKind(found, 'map') ? (found as ScriptMap) : unexpected('a map', found)
}

export function asThing(value: ScriptValue | undefined): ScriptThing {
	const found = present(value)
	return hasKind(found, 'thing') ? (found as ScriptThing) : unexpected('a thing', found)
}
