/** The locales of texts, and what the new job makes of those that it cannot follow. */
import { hasDecimalComma, knowsLocale } from '#languages/ssis/locale-text.ts'
import type { SsisType } from '#languages/ssis/types.ts'
import { toModel } from '#languages/ssis/types.ts'
import { whole } from '../formats/properties.ts'
import type { ComponentContext } from './parts.ts'
import { declare } from './parts.ts'

/** The component's own locale, or that of the task or package around it. */
export function localeOf({ component, scope }: ComponentContext): number {
	const around = whole(scope.value('System::LocaleID')?.value, 0)
	return whole(component.element.attributes.get('localeId'), around)
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
