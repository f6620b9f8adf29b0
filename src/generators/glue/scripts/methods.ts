/** Fields and methods of a script as names inside one function. */
import type { ScriptMethod, ScriptProgram, ScriptType } from '#model/scripts.ts'
import { scriptTypeKey, visitStatements } from '#model/scripts.ts'
import type { Node } from '../../text/tree.ts'
import { indent } from '../../text/tree.ts'
import type { ScriptNames } from './printer.ts'
import { printExpression } from './printer.ts'
import type { StatementContext } from './statements.ts'
import { isWithoutState, printBody } from './statements.ts'

/** Initial values of the fields that are read at all, but for those that are set before. */
export function stateLines(
	program: ScriptProgram,
	context: StatementContext,
	setBefore: ReadonlySet<string> = new Set(),
): readonly string[] {
	return program.fields
		.filter(({ name, isConstant, type }) => !isConstant && !isWithoutState(type) && !setBefore.has(name))
		.map(({ name, initial }) => `${context.fields.of(name)} = ${printExpression(initial, context).code}`)
}

/** Inner functions; a field that one assigns is declared as that of the function around. */
export function printMethods(
	program: ScriptProgram,
	methods: readonly ScriptMethod[],
	makeContext: (taken: readonly string[]) => StatementContext,
	fields: ScriptNames,
	more: readonly string[] = [],
): readonly Node[] {
	return methods.flatMap((method): readonly Node[] => {
		const context = makeContext(program.fields.map(({ name }) => fields.of(name)))
		const parameters = method.parameters.map(({ name, type }) => `${context.locals.of(name)}: ${pythonType(type)}`)
		const set = fieldsSet(method).map((name) => fields.of(name))
		const declared = set.length === 0 ? [] : [`nonlocal ${set.join(', ')}`]
		const head = `def ${context.methods.of(method.name)}(${[...more, ...parameters].join(', ')}) -> ${pythonType(method.returns)}:`
		return ['', head, indent([...declared, ...printBody(method.body, context)]), '']
	})
}

function fieldsSet({ body }: ScriptMethod): readonly string[] {
	const names = new Set<string>()
	visitStatements(body, (one) => {
		if (one.kind === 'set' && one.target.kind === 'field') names.add(one.target.name)
	})
	return [...names]
}

function pythonType(type: ScriptType): string {
	const key = scriptTypeKey(type)
	if (/^u?int/.test(key)) return 'int'
	if (key.startsWith('float')) return 'float'
	if (type.kind === 'list') return `list[${pythonType(type.of)}]`
	if (type.kind === 'map')
		return `dict[${type.key === undefined ? 'str' : pythonType(type.key)}, ${pythonType(type.of)}]`
	if (type.kind === 'set') return `set[${pythonType(type.of)}]`
	if (key.startsWith('enum ')) return 'int'
	if (key.startsWith('class ')) return 'dict[str, Any]'
	const known: Readonly<Record<string, string>> = {
		string: 'str | None',
		char: 'str',
		uuid: 'str',
		boolean: 'bool',
		decimal: 'Decimal',
		timestamp: 'datetime',
		binary: 'bytes | None',
		TimeSpan: 'timedelta',
		nothing: 'None',
	}
	return known[key] ?? 'Any'
}
