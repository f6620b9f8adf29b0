/** What scripts ask `System.Enum`. */
import type { ScriptExpression, ScriptType } from '#model/scripts.ts'
import { scriptTypes } from '#model/scripts.ts'
import { weekdayNames } from '../operations/weekdays.ts'
import type { Argument, Syntax } from '../syntax.ts'
import { callOf } from './coerce.ts'
import { pathOf } from './members.ts'
import { outside } from './outside.ts'
import type { Names } from './own-enumerations.ts'
import { namedNumbers, nameOfValue } from './own-enumerations.ts'
import { bind, bindAs } from './recursion.ts'
import type { MethodScope } from './scope.ts'
import { knownType } from './types.ts'

const { boolean, int, string } = scriptTypes

/** `Enum.Parse(typeof(Kind), text, ignoreCase)` and its kin; undefined for what is no call of `Enum`. */
export function enumCall(
	{ target, args, line }: Extract<Syntax, { kind: 'call' }>,
	scope: MethodScope,
): ScriptExpression | undefined {
	if (target.kind !== 'member' || !/^(?:System\.)?\[?Enum\]?$/i.test(pathOf(target.target)?.join('.') ?? ''))
		return undefined
	const [first, second, third] = args
	const type = first === undefined ? undefined : typeMeant(first)
	const names = type === undefined ? undefined : namesOf(type)
	if (type === undefined || names === undefined || second === undefined) return outside(`Enum.${target.name}`, { line })
	const numbers = namedNumbers(names, line, 'name')
	switch (target.name.toLowerCase()) {
		case 'parse': {
			const ignores: ScriptExpression =
				third === undefined
					? { kind: 'literal', value: false, type: boolean, line }
					: bindAs(third.value, boolean, scope)
			return callOf('Enum.Parse', [bindAs(second.value, string, scope), numbers, ignores], type, line)
		}
		case 'isdefined': {
			const value = bind(second.value, scope)
			return value.type.kind === 'value' && value.type.type.kind === 'string'
				? callOf('Map.ContainsKey', [numbers, value], boolean, line)
				: callOf(
						'Map.ContainsKey',
						[namedNumbers(names, line, 'number'), bindAs(second.value, int, scope)],
						boolean,
						line,
					)
		}
		case 'getname':
			return nameOfValue(bindAs(second.value, type, scope), names)
		default:
			return outside(`Enum.${target.name}`, { line })
	}
}

function namesOf(type: ScriptType): Names | undefined {
	if (type.kind !== 'thing') return undefined
	return type.name === 'DayOfWeek' ? Object.fromEntries(weekdayNames.entries()) : type.names
}

/** `typeof(Kind)`, `GetType(Kind)`. */
function typeMeant({ value }: Argument): ScriptType | undefined {
	return value.kind === 'type' ? knownType(value.type) : undefined
}
