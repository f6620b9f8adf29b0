/** Settings that every task and container has (Microsoft: Set the Properties of a Task or Container). */
import type { FailureRules } from '#model/control-flow.ts'
import { diagnose } from '#model/diagnostics.ts'
import { listOf } from '../../xml/element.ts'
import { flag, property, whole } from '../formats/properties.ts'
import type { ExecutableRecord } from '../formats/records.ts'
import type { PackageScope } from '../package-scope.ts'
import type { Collected } from './task-context.ts'
import { declareAt, placeOf } from './task-context.ts'

interface Owner {
	readonly executable: ExecutableRecord
	readonly scope: PackageScope
	readonly collected: Collected
}

const TRANSACTION_REQUIRED = 2
const outcomes = ['success', 'failure'] as const

/** How it fails, where that is not the usual. 0 errors as the maximum is read as "no number fails it", as the designer shows it. */
export function failureRules(owner: Owner): FailureRules | undefined {
	const { element } = owner.executable
	const maximumErrors = whole(property(element, 'MaxErrorCount') ?? property(element, 'MaximumErrorCount'), 1)
	const outcome = outcomes[whole(property(element, 'ForceExecutionResult'), -1)]
	if (maximumErrors > 1) {
		declareAt(owner, 'RG-D052', `It fails at ${maximumErrors} errors.`)
	}
	if (maximumErrors === 1 && outcome === undefined) return undefined
	return {
		...(maximumErrors === 1 ? {} : { maximumErrors }),
		...(outcome === undefined ? {} : { outcome }),
	}
}

/** Settings without a counterpart, told instead of passed over. */
export function reportSettings(owner: Owner): void {
	const { executable, scope, collected } = owner
	const { element, name } = executable
	if (whole(property(element, 'TransactionOption'), 1) === TRANSACTION_REQUIRED)
		declareAt(owner, 'RG-D054', 'A transaction was to span it.')
	if (flag(element, 'SaveCheckpoints')) declareAt(owner, 'RG-D055', 'The package saves checkpoints.')
	if (listOf(element, 'DTS:LogProviders', 'DTS:LogProvider').length > 0) {
		collected.diagnostics.push(
			diagnose('package/logging', placeOf({ executable, scope }), {
				what: `The log providers of ${name} were left out.`,
				why: 'The new job logs to CloudWatch.',
			}),
		)
	}
	const lifts = whole(property(element, 'ForceExecutionResult'), -1) === 0
	const fails = ['FailPackageOnFailure', 'FailParentOnFailure'].filter((one) => flag(element, one))
	if (fails.length > 0 && lifts) {
		collected.diagnostics.push(
			diagnose('stage/property', placeOf({ executable, scope }), {
				what: `${fails.join(' and ')} of ${name} have no effect of their own.`,
				why: 'The new job fails by its number of errors, whatever a task says about its container.',
			}),
		)
	}
}

/** A variable that takes what a task gives back would stay as it is. */
export function executionValue({ element }: ExecutableRecord): string | undefined {
	const variable = property(element, 'ExecValueVariable')?.trim() ?? ''
	return variable === '' || variable === '<none>' || variable === '(null)' ? undefined : variable
}
