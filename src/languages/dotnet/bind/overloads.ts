/** Which operation of several with one name a call means. */
import type { ScriptExpression, ScriptType } from '#model/scripts.ts'
import { scriptTypeKey } from '#model/scripts.ts'
import type { ScriptOperation } from '../operation.ts'
import type { ScriptLanguage } from '../syntax.ts'
import { convert } from './coerce.ts'
import { sameType } from './types.ts'

export interface Chosen {
	readonly operation: ScriptOperation
	readonly args: readonly ScriptExpression[]
}

/** The overload whose parameters are the very types, else the first that the arguments can be converted to. */
export function choose(
	candidates: readonly ScriptOperation[],
	values: readonly ScriptExpression[],
	language: ScriptLanguage,
): Chosen | undefined {
	const fits = candidates.flatMap((operation): readonly (Chosen & { exact: number })[] => {
		const spread = operation.isVariadic === true ? variadic(operation, values) : values
		if (spread === undefined || spread.length !== operation.parameters.length) return []
		const args: ScriptExpression[] = []
		let exact = 0
		for (const [index, parameter] of operation.parameters.entries()) {
			const value = spread[index]
			const converted = value === undefined ? undefined : taken(value, parameter, language)
			if (converted === undefined || value === undefined) return []
			if (sameType(value.type, parameter)) exact += 1
			args.push(converted)
		}
		return [{ operation, args, exact }]
	})
	return fits.toSorted((left, right) => right.exact - left.exact)[0]
}

/** An argument as its parameter wants it; lists and maps are taken as they are, whatever is in them. */
function taken(value: ScriptExpression, parameter: ScriptType, language: ScriptLanguage): ScriptExpression | undefined {
	const { type } = value
	if ((parameter.kind === 'map' || parameter.kind === 'set') && type.kind === parameter.kind) return value
	const isAnyList = parameter.kind === 'list' && type.kind === 'list' && parameter.of.kind === 'object'
	return isAnyList || sameType(parameter, type) ? value : convert(value, parameter, language)
}

/** `Split(',', ';')`: what stands at the end of the list becomes one. */
function variadic(
	operation: ScriptOperation,
	values: readonly ScriptExpression[],
): readonly ScriptExpression[] | undefined {
	const at = operation.parameters.length - 1
	const last = operation.parameters[at]
	if (last?.kind !== 'list') return undefined
	const rest = values.slice(at)
	const [only] = rest
	if (only !== undefined && rest.length === 1 && only.type.kind === 'list') return values
	if (rest.some(({ type }) => !sameType(type, last.of) && scriptTypeKey(type) !== 'string')) return undefined
	const items = rest.flatMap((one): readonly ScriptExpression[] => {
		// Visual Basic takes a text of one character for a character.
		if (one.kind === 'literal' && typeof one.value === 'string' && Array.from(one.value).length === 1)
			return [{ ...one, type: last.of }]
		return sameType(one.type, last.of) ? [one] : []
	})
	if (items.length !== rest.length) return undefined
	return [...values.slice(0, at), { kind: 'list', items, type: last, line: values[0]?.line ?? 0 }]
}
