/** Facts of a run that the engine keeps in system variables. */
import { text } from '#model/types.ts'
import type { Operation } from '../catalogue.ts'

const facts = [
	{ id: 'ssis.run-id', fact: 'invocation', source: 'Microsoft: System Variables, ExecutionInstanceGUID' },
	{ id: 'ssis.host', fact: 'host', source: 'Microsoft: System Variables, MachineName' },
] as const

export const runFactOperations: readonly Operation[] = facts.map(({ id, fact, source }) => ({
	id,
	parameters: [],
	result: () => text(),
	nulls: 'propagate',
	canFail: false,
	evaluate: (_args, { run }) => run[fact],
	pyspark: (_args, { runFact }) => runFact(fact),
	source,
}))
