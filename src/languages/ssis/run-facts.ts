/** Facts of a run that the engine keeps in system variables. */
import { createHash } from 'node:crypto'
import { text, uuid } from '#model/types.ts'
import type { Operation } from '../catalogue.ts'
import { fn } from '../python.ts'

const facts = [
	{ id: 'ssis.run-id', fact: 'invocation', source: 'Microsoft: System Variables, ExecutionInstanceGUID' },
	{ id: 'ssis.host', fact: 'host', source: 'Microsoft: System Variables, MachineName' },
] as const

const parts = /^(.{8})(.{4})(.{4})(.{4})(.{12})$/
const groups = '$1-$2-$3-$4-$5'

/** The GUID of an execution: a digest of the run's id, which is none itself. */
const runGuid: Operation = {
	id: 'ssis.run-guid',
	parameters: [],
	result: () => uuid,
	nulls: 'propagate',
	canFail: false,
	evaluate: (_args, { run }) =>
		createHash('md5').update(run.invocation).digest('hex').toUpperCase().replace(parts, groups),
	pyspark: (_args, { runFact }) =>
		fn('regexp_replace', fn('upper', fn('md5', runFact('invocation'))), parts.source, groups),
	source: 'Microsoft: System Variables, ExecutionInstanceGUID',
}

const textFacts: readonly Operation[] = facts.map(({ id, fact, source }) => ({
	id,
	parameters: [],
	result: () => text(),
	nulls: 'propagate',
	canFail: false,
	evaluate: (_args, { run }) => run[fact],
	pyspark: (_args, { runFact }) => runFact(fact),
	source,
}))

export const runFactOperations: readonly Operation[] = [...textFacts, runGuid]
