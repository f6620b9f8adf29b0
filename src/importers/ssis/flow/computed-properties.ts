/**
 * Properties of components that an expression of the Data Flow task sets (`[Lookup].[SqlCommand]`). The engine evaluates them
 * before the data flow starts (Microsoft: Use Property Expressions in Packages); a component that does not take a computed
 * value for such a property must not be translated as if the stored one held.
 */
import type { ComponentRecord, ExecutableRecord } from '../formats/records.ts'
import type { PackageScope } from '../package-scope.ts'
import { textOf } from '../package-scope.ts'
import type { LoweredText } from './expressions.ts'
import { isProblem, lowerInScope } from './expressions.ts'
import type { PropertyText, Refusal } from './parts.ts'
import { refuse } from './parts.ts'

export interface ComputedProperties {
	text(property: string): PropertyText
	/** Why the component cannot be translated after all, once it has asked for everything it takes. */
	refusal(): Refusal | undefined
}

export function computedProperties(
	task: ExecutableRecord,
	component: ComponentRecord,
	scope: PackageScope,
): ComputedProperties {
	const start = `[${component.name}].`
	const own = task.expressions.filter((one) => one.property.startsWith(start))
	const lowered = new Map<string, LoweredText | Refusal>(
		own.map((one) => {
			const name = one.property.slice(start.length).replace(/^\[(.*)\]$/, '$1')
			const provenance = { file: scope.file, path: `${component.refId}.${name}`, lines: one.lines }
			return [name, lowerInScope(one.text, scope, `property ${name}`, provenance)]
		}),
	)
	const taken = new Set<string>()
	return {
		text: (property) => {
			taken.add(property)
			const stored = component.properties.get(property) ?? ''
			const found = lowered.get(property)
			if (found === undefined || isProblem(found)) return { value: textOf(stored), stored }
			return { value: { expression: found.expression, text: found.text }, stored }
		},
		refusal: () => {
			for (const [name, value] of lowered) {
				if (isProblem(value)) return value
				if (!taken.has(name)) return refuse(`an expression sets its property ${name}`)
			}
			return undefined
		},
	}
}
