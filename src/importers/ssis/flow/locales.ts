/** The locales of texts, and what the new job makes of those that it cannot follow. */
import { hasDecimalComma, knowsLocale } from '#languages/ssis/locale-text.ts'
import type { SsisType } from '#languages/ssis/types.ts'
import { toModel } from '#languages/ssis/types.ts'
import type { Expression } from '#model/expressions.ts'
import { visit } from '#model/expressions.ts'
import { whole } from '../formats/properties.ts'
import { localeIn } from '../package-scope.ts'
import type { ComponentContext } from './parts.ts'
import { declare } from './parts.ts'

/** The component's own locale, or that of the task or package around it. */
export function localeOf({ component, scope }: ComponentContext): number {
	return whole(component.element.attributes.get('localeId'), localeIn(scope))
}

/** Casts of an expression that read or write texts in a way that is not known of the locale. */
export function declareCasts(context: ComponentContext, expression: Expression, locale: number): void {
	visit(expression, (part) => {
		if (part.kind !== 'cast' || part.rule !== 'ssis.cast') return
		const [from, to] = [part.operand.type.kind, part.type.kind]
		const reads = from === 'string' && /^(?:float|decimal|date|timestamp)$/.test(to) && !knowsLocale(locale)
		const writes =
			to === 'string' && /^(?:float|decimal)$/.test(from) && (hasDecimalComma(locale) || !knowsLocale(locale))
		if (reads || writes)
			declare(context, 'RG-D195', `Its expressions cast ${from} to ${to} under the locale ${locale}, here as in en-US.`)
	})
}

/** @param types what texts are read as, by the rules of the locale */
export function declareRead(context: ComponentContext, types: readonly SsisType[], locale: number): void {
	const kinds = types.map((type) => toModel(type).kind)
	if (knowsLocale(locale) || !kinds.some((kind) => /^(?:float|decimal|date|timestamp)$/.test(kind))) return
	declare(context, 'RG-D195', `Its texts are those of the locale ${locale}, and are read as those of en-US.`)
}

/** @param types what is written as text; no document says what the old engine makes of numbers there */
export function declareWritten(context: ComponentContext, types: readonly SsisType[], locale: number): void {
	const kinds = types.map((type) => toModel(type).kind)
	if (!kinds.some((kind) => kind === 'float' || kind === 'decimal')) return
	if (hasDecimalComma(locale) || !knowsLocale(locale))
		declare(context, 'RG-D195', `Its file is of the locale ${locale}; numbers are written with a decimal point.`)
}
