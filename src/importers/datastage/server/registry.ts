/** Stages of server jobs that are understood. A new one is a file in this folder and a line here. */
import type { LowerStage } from '../registry.ts'
import * as databaseConnector from '../stages/connectors/database-connector.ts'
import { connectorOf } from '../stages/connectors/databases.ts'
import * as aggregator from './aggregator.ts'
import * as hashedFile from './hashed-file.ts'
import * as odbc from './odbc.ts'
import * as partitioner from './partitioner.ts'
import { collector, interProcess } from './pass-through.ts'
import * as pivot from './pivot.ts'
import * as sequentialFile from './sequential-file.ts'
import * as sort from './sort.ts'
import * as transformer from './transformer.ts'
import { typedStage } from './typed-stage.ts'

const serverStages: Readonly<Record<string, LowerStage>> = {
	AGGREGATOR: aggregator.lower,
	CCollector: collector,
	CHashedFileStage: hashedFile.lower,
	CInterProcess: interProcess,
	CODBCStage: odbc.lower,
	CPartitioner: partitioner.lower,
	CSeqFileStage: sequentialFile.lower,
	CTransformerStage: transformer.lower,
	Pivot: pivot.lower,
	sort: sort.lower,
}

export function serverLowerFor(type: string): LowerStage | undefined {
	const own = Object.hasOwn(serverStages, type) ? serverStages[type] : undefined
	if (own !== undefined) return own
	// Connectors are the same in both kinds of jobs; here they stand between links that carry texts.
	return connectorOf(type) === undefined ? undefined : typedStage(databaseConnector.lower)
}
