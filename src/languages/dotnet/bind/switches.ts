/** `switch` and `Select Case` as a chain of conditions. */
import type { ScriptExpression, ScriptStatement } from '#model/scripts.ts'
import { scriptTypes, visitStatements } from '#model/scripts.ts'
import type { Statement, SwitchCase } from '../syntax.ts'
import { binaryOf } from './operators.ts'
import { outside } from './outside.ts'
import { bind, bindBody } from './recursion.ts'
import type { MethodScope } from './scope.ts'

export function bindSwitch(
	statement: Extract<Statement, { kind: 'switch' }>,
	scope: MethodScope,
): readonly ScriptStatement[] {
	const { line } = statement
	const first = bind(statement.value, scope)
	const isPlain =
		first.kind === 'local' || first.kind === 'field' || first.kind === 'literal' || first.kind === 'variable'
	const name = isPlain ? '' : scope.fresh('choice', first.type)
	const value: ScriptExpression = isPlain ? first : { kind: 'local', name, type: first.type, line }
	const start = scope.known
	const cases = grouped(statement.cases)
	const last = cases.find(({ isDefault }) => isDefault)
	const branch = (one: SwitchCase): readonly ScriptStatement[] => {
		scope.known = new Set(start)
		return bindCase(one, scope)
	}
	let otherwise = last === undefined ? [] : branch(last)
	for (const one of cases.filter((each) => each !== last).toReversed()) {
		const tests = one.labels.map((label) => test(label, value, scope))
		const [head, ...rest] = tests
		if (head === undefined) continue
		const condition = rest.reduce<ScriptExpression>(
			(left, right) => ({ kind: 'either', left, right, type: scriptTypes.boolean, line }),
			head,
		)
		otherwise = [{ kind: 'if', condition, then: branch(one), otherwise, line }]
	}
	scope.known = new Set()
	const held: readonly ScriptStatement[] = isPlain
		? []
		: [{ kind: 'set', target: { kind: 'local', name }, value: first, declares: true, line }]
	return [...held, ...otherwise]
}

/** `case 1: case 2: …` are labels of one body. */
function grouped(cases: readonly SwitchCase[]): readonly SwitchCase[] {
	const whole: SwitchCase[] = []
	let labels: SwitchCase['labels'][number][] = []
	let isDefault = false
	for (const one of cases) {
		labels.push(...one.labels)
		isDefault ||= one.isDefault
		if (one.body.length === 0 && one !== cases.at(-1)) continue
		whole.push({ labels, isDefault, body: one.body })
		labels = []
		isDefault = false
	}
	return whole
}

function bindCase({ body }: SwitchCase, scope: MethodScope): readonly ScriptStatement[] {
	const ends = body.at(-1)?.kind === 'break'
	const plain = ends ? body.slice(0, -1) : body
	scope.loops += 1
	const bound = bindBody(plain, scope)
	scope.loops -= 1
	// A break further inside would leave the switch, and a chain of conditions has nothing to leave.
	const inner = breakOutsideLoops(bound)
	return inner === undefined ? bound : outside('break in the middle of a case', inner)
}

function breakOutsideLoops(statements: readonly ScriptStatement[]): ScriptStatement | undefined {
	let found: ScriptStatement | undefined
	const inLoops = new Set<ScriptStatement>()
	visitStatements(statements, (one) => {
		if (one.kind === 'while' || one.kind === 'for-each') visitStatements(one.body, (inside) => void inLoops.add(inside))
		if (one.kind === 'break' && !inLoops.has(one)) found ??= one
	})
	return found
}

function test(label: SwitchCase['labels'][number], value: ScriptExpression, scope: MethodScope): ScriptExpression {
	const { language } = scope.class
	switch (label.kind) {
		case 'value':
			return binaryOf('==', value, bind(label.value, scope, value.type), language)
		case 'comparison':
			return binaryOf(label.operator, value, bind(label.value, scope), language)
		case 'range': {
			const low = binaryOf('>=', value, bind(label.from, scope), language)
			const high = binaryOf('<=', value, bind(label.to, scope), language)
			return { kind: 'both', left: low, right: high, type: scriptTypes.boolean, line: value.line }
		}
	}
}
