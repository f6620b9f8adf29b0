/** `new X { A = 1 }` of a thing of the runtime: its properties are set one by one behind it, as C# does (specification 12.8.16.3). */
import type { LocalSyntax, Statement, Syntax } from '../syntax.ts'
import { pathOf } from './members.ts'
import { classOf } from './own-classes.ts'
import type { MethodScope } from './scope.ts'
import { knownType } from './types.ts'

type New = Extract<Syntax, { kind: 'new' }>

/** The statements that such a statement stands for; undefined where it makes nothing with properties. */
export function propertiesApart(statement: Statement, scope: MethodScope): readonly Statement[] | undefined {
	if (statement.kind === 'local') {
		const [only, ...more] = statement.locals
		const made = more.length > 0 ? undefined : madeBy(only, scope)
		if (only === undefined || made === undefined) return undefined
		return [{ ...statement, locals: [{ ...only, value: plain(made) }] }, ...settings(made, localName(only, made))]
	}
	if (statement.kind === 'assign') {
		const made = withProperties(statement.value, scope)
		if (made === undefined || statement.operator !== '=' || pathOf(statement.target) === undefined) return undefined
		return [{ ...statement, value: plain(made) }, ...settings(made, statement.target)]
	}
	if (statement.kind === 'using') {
		const made = statement.locals.flatMap((local) => {
			const one = madeBy(local, scope)
			return one === undefined ? [] : [{ local, one }]
		})
		if (made.length === 0) return undefined
		const locals = statement.locals.map((local) => {
			const one = madeBy(local, scope)
			return one === undefined ? local : { ...local, value: plain(one) }
		})
		const before = made.flatMap(({ local, one }) => settings(one, localName(local, one)))
		return [{ ...statement, locals, body: [...before, ...statement.body] }]
	}
	return undefined
}

const madeBy = (local: LocalSyntax | undefined, scope: MethodScope): New | undefined =>
	local?.value === undefined ? undefined : withProperties(local.value, scope)

function withProperties(node: Syntax, scope: MethodScope): New | undefined {
	if (node.kind !== 'new' || node.members === undefined) return undefined
	const type = knownType(node.type)
	return type !== undefined && classOf(type, scope) !== undefined ? undefined : node
}

const plain = ({ type, args, line }: New): New => ({ kind: 'new', type, args, line })

const localName = ({ name }: LocalSyntax, { line }: New): Syntax => ({ kind: 'name', name, line })

const settings = ({ members = [], line }: New, target: Syntax): readonly Statement[] =>
	members.map(({ name, value }) => ({
		kind: 'assign',
		target: { kind: 'member', target, name, conditional: false, line },
		operator: '=',
		value,
		line,
	}))
