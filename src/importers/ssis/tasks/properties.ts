/**
 * Properties of a task: as stored, or as a property expression computes them before the task runs (Microsoft: Use Property
 * Expressions in Packages). A task that does not take a computed value for such a property is not translated as if the stored
 * one held.
 */
import type { SourcedExpression } from '#model/expressions.ts'
import type { LoweredText } from '../flow/expressions.ts'
import { isProblem, lowerInScope } from '../flow/expressions.ts'
import type { Refusal } from '../flow/parts.ts'
import { refuse } from '../flow/parts.ts'
import type { ExecutableRecord, PropertyExpressionRecord } from '../formats/records.ts'
import type { PackageScope } from '../package-scope.ts'
import { textOf } from '../package-scope.ts'

export interface TaskProperties {
	/** What an expression sets the property to. */
	computed(property: string): SourcedExpression | undefined
	/** The same, or the text that is stored. */
	text(property: string, stored: string): SourcedExpression
	/** Why the task cannot be translated after all, once it has asked for everything it takes. */
	refusal(): Refusal | undefined
}

/** Properties that change nothing in what a task does, that hold a login, or that have their own place (`[Component].[Property]`). */
const harmless =
	/^(?:Name|Description|DelayValidation|LoggingMode|LocaleID|Default(?:Buffer\w+)|EngineThreads|\w+TempStoragePath|RunInOptimizedMode|BypassPrepare|ISOLevel|FtpPassword|MaxConcurrent\w*|\[.*)$/

export function taskProperties(executable: ExecutableRecord, scope: PackageScope): TaskProperties {
	return propertiesOf(executable.expressions, executable.refId, scope)
}

export function propertiesOf(
	expressions: readonly PropertyExpressionRecord[],
	path: string,
	scope: PackageScope,
): TaskProperties {
	const lowered = new Map<string, LoweredText | Refusal>(
		expressions
			.filter(({ property }) => !harmless.test(property))
			.map(({ property, text, lines }) => {
				const provenance = { file: scope.file, path: `${path}.${property}`, lines }
				return [property, lowerInScope(text, scope, `property ${property}`, provenance)]
			}),
	)
	const taken = new Set<string>()
	const computed = (property: string): SourcedExpression | undefined => {
		taken.add(property)
		const found = lowered.get(property)
		return found === undefined || isProblem(found) ? undefined : { expression: found.expression, text: found.text }
	}
	return {
		computed,
		text: (property, stored) => computed(property) ?? textOf(stored),
		refusal: () => {
			for (const [name, value] of lowered) {
				if (isProblem(value)) return value
				if (!taken.has(name)) return refuse(`an expression sets its property ${name}`)
			}
			return undefined
		},
	}
}
