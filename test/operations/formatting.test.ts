/** Every text that an operation or conversion prints has to keep its words when a script is formatted: else no script is written. */
import { describe, expect, it } from 'vitest'
import { checkScript } from '#generators/ruff.ts'
import { tokens } from '#generators/text/python-tokens.ts'
import { pysparkFails, pysparkValue } from '#languages/pyspark.ts'
import { allConversions, allOperations } from '#languages/registry.ts'
import { conversionCases } from '../support/conversion-samples.ts'
import { operationCases } from '../support/operation-samples.ts'
import { pysparkScope } from '../support/parity.ts'
import { conversionFormats } from './conversion-formats.ts'
import { literalSamples } from './literal-samples.ts'

const wordsOf = (python: string): string =>
	tokens(python)
		.map(({ text }) => text)
		.join(' ')

const cases = [
	...allOperations().flatMap((operation) => operationCases(operation, literalSamples)),
	...allConversions().flatMap((conversion) => conversionCases(conversion, conversionFormats(conversion.id))),
]

describe('printed operations', () => {
	it('keep their words when they are formatted', { timeout: 120_000 }, () => {
		const printed = cases.flatMap(({ name, expression }) =>
			[pysparkValue(expression, pysparkScope), pysparkFails(expression, pysparkScope)].flatMap((python) =>
				python === undefined ? [] : [{ name, line: `value = ${python.code}\n` }],
			),
		)
		const whole = printed.map(({ line }) => line).join('')
		const { formatted } = checkScript(whole)
		const changed =
			wordsOf(whole) === wordsOf(formatted)
				? []
				: printed.filter(({ line }) => wordsOf(line) !== wordsOf(checkScript(line).formatted))
		expect(changed.map(({ name }) => name)).toEqual([])
		expect(printed.length).toBeGreaterThan(500)
	})
})
