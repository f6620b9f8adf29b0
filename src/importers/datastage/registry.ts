/** Stages of parallel jobs that are understood. A new one is a file in `stages/` and a line here. */

import { lowerTyped as basicTransformer } from './server/transformer.ts'
import type { StageContext, StageStreams } from './stage-context.ts'
import * as aggregator from './stages/aggregator.ts'
import * as changeApply from './stages/change-apply.ts'
import * as changeCapture from './stages/change-capture.ts'
import * as checksum from './stages/checksum.ts'
import * as columnExport from './stages/column-export.ts'
import * as columnGenerator from './stages/column-generator.ts'
import * as columnImport from './stages/column-import.ts'
import * as combineRecords from './stages/combine-records.ts'
import * as compare from './stages/compare.ts'
import * as complexFlatFile from './stages/complex-flat-file/complex-flat-file.ts'
import * as databaseConnector from './stages/connectors/database-connector.ts'
import { connectorOf } from './stages/connectors/databases.ts'
import * as fileConnector from './stages/connectors/file-connector.ts'
import { flowSources } from './stages/connectors/flow-sources.ts'
import * as nativeDatabase from './stages/connectors/native-database.ts'
import { outsideProgram } from './stages/connectors/outside-program.ts'
import { outsideSource } from './stages/connectors/outside-source.ts'
import * as copy from './stages/copy.ts'
import * as dataSet from './stages/data-set.ts'
import * as difference from './stages/difference.ts'
import * as dimension from './stages/dimension/dimension.ts'
import * as externalProgram from './stages/external-program.ts'
import * as filter from './stages/filter.ts'
import * as funnel from './stages/funnel.ts'
import * as head from './stages/head.ts'
import * as join from './stages/join.ts'
import * as keySource from './stages/key-source.ts'
import * as lookup from './stages/lookup.ts'
import * as merge from './stages/merge.ts'
import * as modify from './stages/modify.ts'
import * as packing from './stages/packing.ts'
import * as peek from './stages/peek.ts'
import * as pivot from './stages/pivot.ts'
import * as removeDuplicates from './stages/remove-duplicates.ts'
import * as rowGenerator from './stages/row-generator.ts'
import * as sample from './stages/sample.ts'
import * as sequentialFile from './stages/sequential-file.ts'
import * as sort from './stages/sort.ts'
import * as subRecords from './stages/sub-records.ts'
import * as surrogateKey from './stages/surrogate-key.ts'
import * as switchStage from './stages/switch.ts'
import * as tail from './stages/tail.ts'
import * as transformer from './stages/transformer/transformer.ts'
import * as vectors from './stages/vectors.ts'
import * as withoutEqual from './stages/without-equal.ts'

/** Adds the stage's operators to the flow and gives the streams of its output pins; refuses what it does not understand. */
export type LowerStage = (context: StageContext) => StageStreams

export const stages = {
	AmazonS3PX: fileConnector.lower,
	AzureBlobStorageConnectorPX: fileConnector.lower,
	AzureFileStorageConnectorPX: fileConnector.lower,
	AzureStorageConnectorPX: fileConnector.lower,
	CTransformerStage: transformer.lower,
	CDCTStagePX: outsideSource('a log of changes'),
	CognosTM1ConnectorPX: outsideSource('Cognos TM1'),
	EssbaseConnectorPX: outsideSource('Essbase'),
	KafkaConnectorPX: outsideSource('Kafka', ['Topic']),
	MQSeriesPX: outsideSource('a message queue'),
	ORAAppsPX: outsideSource('Oracle Applications'),
	PXClassicFederation: outsideSource('a federation server of a mainframe', ['SelectStatement']),
	PeoplesoftOnePX: outsideSource('PeopleSoft'),
	PxCFF: complexFlatFile.lower,
	PxExternalSource: externalProgram.externalSource,
	PxExternalTarget: externalProgram.externalTarget,
	PxFTP: outsideSource('a file on an FTP server', ['uri']),
	PxRTIInput: outsideSource('the requests of a web service'),
	PxzOSFile: outsideSource('a data set of z/OS'),
	STPPX: outsideSource('the results of a stored procedure', ['Procedure']),
	Siebel_BCPX: outsideSource('Siebel'),
	Siebel_DAPX: outsideSource('Siebel'),
	Siebel_EIMPX: outsideSource('Siebel'),
	StreamsConnectorPX: outsideSource('a stream'),
	UnstructuredDataConnectorPX: outsideSource('ranges of a workbook'),
	WebSphereMQConnectorPX: outsideSource('a message queue'),
	ftpPX: outsideSource('a file on an FTP server'),
	FileConnectorPX: fileConnector.lower,
	HDFSFileConnectorPX: fileConnector.lower,
	LocalFileConnectorPX: fileConnector.lower,
	JClientPX: outsideProgram('a Java class', 'transformer_class_name'),
	JavaStagePX: outsideProgram('a Java class', 'UserClassName'),
	PivotPX: pivot.lower,
	PxAggregator: aggregator.lower,
	PxBLM: withoutEqual.bloomFilter,
	PxChangeApply: changeApply.lower,
	PxChangeCapture: changeCapture.lower,
	PxCompare: compare.lower,
	PxDifference: difference.lower,
	PxModify: modify.lower,
	PxCheckSum: checksum.lower,
	PxChecksum: checksum.lower,
	PxColumnGenerator: columnGenerator.lower,
	PxCopy: copy.lower,
	PxDataSet: dataSet.lower,
	PxFileSet: dataSet.lower,
	PxFilter: filter.lower,
	PxFunnel: funnel.lower,
	PxHead: head.lower,
	PxJoin: join.lower,
	PxLookup: lookup.lower,
	PxLookupFileSet: dataSet.lower,
	PxMerge: merge.lower,
	PxPeek: peek.lower,
	PxPivot: pivot.lower,
	PxRemDup: removeDuplicates.lower,
	PxRowGenerator: rowGenerator.lower,
	PxSVTransformer: basicTransformer,
	PxSample: sample.lower,
	PxSequentialFile: sequentialFile.lower,
	PxSort: sort.lower,
	PxSurrogateKeyGenerator: surrogateKey.lower,
	PxSwitch: switchStage.lower,
	PxTail: tail.lower,
	PxColumnExport: columnExport.lower,
	PxColumnImport: columnImport.lower,
	PxCombineRecords: combineRecords.lower,
	PxCompress: packing.lower,
	PxDecode: packing.lower,
	PxEncode: packing.lower,
	PxExpand: packing.lower,
	PxGeneric: withoutEqual.generic,
	PxMakeSubRec: subRecords.makeSubrecord,
	PxMakeVect: vectors.makeVector,
	PxPromoteSubRec: subRecords.promoteSubrecord,
	PxSCD: dimension.lower,
	PxSplitSubRec: subRecords.splitSubrecord,
	PxSplitVect: vectors.splitVector,
	PxSurrogateKeyGeneratorN: keySource.lower,
	PxWriteRangeMap: withoutEqual.writeRangeMap,
	SALESFORCEJCConnectorPX: outsideSource('Salesforce', ['SoqlString', 'ReferenceSoql']),
	WSClientPX: outsideProgram('a web service', 'WSDLAddress'),
	XMLStagePX: outsideProgram('an assembly that reads or writes documents or calls a REST service', 'AssemblyName'),
	cloudobjectstoragePX: fileConnector.lower,
} as const satisfies Record<string, LowerStage>

export type StageType = keyof typeof stages

export function lowerFor(type: string): LowerStage | undefined {
	if (Object.hasOwn(stages, type)) return stages[type as StageType]
	if (Object.hasOwn(nativeDatabase.nativeDatabases, type)) return nativeDatabase.lower
	if (Object.hasOwn(flowSources, type)) return flowSources[type]
	return connectorOf(type) === undefined ? undefined : databaseConnector.lower
}
