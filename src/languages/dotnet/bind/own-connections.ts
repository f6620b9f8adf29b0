/** Databases that a script opens by a connection string of its own. */
import type { ScriptExpression } from '#model/scripts.ts'
import { scriptTypeKey } from '#model/scripts.ts'
import { databasePlace, placeKey } from '../connection-text.ts'
import { outside } from './outside.ts'
import type { MethodScope } from './scope.ts'

/** What texts the locals of a method began with, and which of them change or name a connection. */
interface Texts {
	readonly first: Map<string, ScriptExpression>
	readonly changed: Set<string>
	readonly opened: Set<string>
}

const methods = new WeakMap<MethodScope, Texts>()

function textsOf(scope: MethodScope): Texts {
	const known = methods.get(scope) ?? { first: new Map(), changed: new Set(), opened: new Set() }
	methods.set(scope, known)
	return known
}

/** A local begins with this value. */
export function begins(name: string, value: ScriptExpression, scope: MethodScope): void {
	if (scriptTypeKey(value.type) !== 'string') return
	const { first, changed } = textsOf(scope)
	if (first.has(name)) changed.add(name)
	first.set(name, value)
}

/** A local gets another value: in a loop that may be before what stands above it. */
export function changes(target: ScriptExpression, scope: MethodScope): void {
	if (target.kind !== 'local') return
	const { changed, opened } = textsOf(scope)
	if (opened.has(target.name)) outside(`${target.name}, which names several databases in turn`, target)
	changed.add(target.name)
}

/** `new SqlConnection("Data Source=…")` and the text in a local, a constant or a variable; undefined for what is no text. */
export function openedDatabase(text: ScriptExpression, scope: MethodScope): ScriptExpression | undefined {
	if (scriptTypeKey(text.type) !== 'string') return undefined
	const { opened } = scope.class
	if (opened === undefined) return outside('a database that is opened by a text of its own', text)
	const { first, changed, opened: locals } = textsOf(scope)
	const given = text.kind === 'local' ? first.get(text.name) : text
	if (text.kind === 'local') {
		if (changed.has(text.name)) return outside(`${text.name}, which names several databases in turn`, text)
		locals.add(text.name)
	}
	const connection = given === undefined ? undefined : nameOf(given, scope, opened)
	if (connection === undefined)
		return outside('a connection string that names no database, or that only the run knows', text)
	return { kind: 'literal', value: connection, type: { kind: 'thing', name: 'Connection' }, line: text.line }
}

function nameOf(text: ScriptExpression, scope: MethodScope, opened: Map<string, string>): string | undefined {
	if (text.kind === 'variable' || text.kind === 'parameter') {
		scope.class.differences.add('RG-D058')
		opened.set(text.name, `as the ${text.kind} ${text.name} says`)
		return text.name
	}
	const place = text.kind === 'literal' && typeof text.value === 'string' ? databasePlace(text.value) : undefined
	if (place === undefined) return undefined
	const known = scope.class.contract.places?.get(placeKey(place))
	if (known !== undefined) return known
	const name = `${place.database} on ${place.server}`
	scope.class.differences.add('RG-D191')
	opened.set(name, `server ${place.server}, database ${place.database}`)
	return name
}
