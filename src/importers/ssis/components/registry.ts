/** Every component with a meaning in the model. A new one is a file beside this one and a line here. */
import type { ComponentContext, Refusal } from '../flow/parts.ts'
import { lowerAggregate } from './aggregate.ts'
import { lowerAudit } from './audit.ts'
import { lowerBalancedDataDistributor } from './balanced-data-distributor.ts'
import { lowerCacheTransform } from './cache-transform.ts'
import { lowerCdcSource } from './cdc-source.ts'
import { lowerCdcSplitter } from './cdc-splitter.ts'
import { lowerCharacterMap } from './character-map.ts'
import { lowerConditionalSplit } from './conditional-split.ts'
import { connectorSource } from './connector-source.ts'
import { lowerCopyColumn } from './copy-column.ts'
import { lowerDataConversion } from './data-conversion.ts'
import { lowerDerivedColumn } from './derived-column.ts'
import { lowerExcelDestination, lowerExcelSource } from './excel.ts'
import { lowerExportColumn } from './export-column.ts'
import { lowerFlatFileDestination } from './flat-file-destination.ts'
import { lowerFlatFileSource } from './flat-file-source.ts'
import { lowerFuzzyGrouping } from './fuzzy-grouping.ts'
import { lowerFuzzyLookup } from './fuzzy-lookup.ts'
import { lowerImportColumn } from './import-column.ts'
import { lowerLookup } from './lookup.ts'
import { lowerMerge } from './merge.ts'
import { lowerMergeJoin } from './merge-join.ts'
import { lowerMulticast } from './multicast.ts'
import { lowerMultipleHash } from './multiple-hash.ts'
import { lowerSqlServerDestination, namedTableDestination } from './named-table-destination.ts'
import { namedTableSource } from './named-table-source.ts'
import { lowerOleDbCommand } from './ole-db-command.ts'
import { lowerOleDbDestination } from './ole-db-destination.ts'
import { lowerOleDbSource } from './ole-db-source.ts'
import { lowerPivot } from './pivot.ts'
import { lowerProgramDestination } from './program-destination.ts'
import { lowerRawDestination, lowerRawSource } from './raw-file.ts'
import { lowerRecordsetDestination } from './recordset-destination.ts'
import { blobProperties, filePathProperties, remoteTextDestination, remoteTextSource } from './remote-text-file.ts'
import { lowerRowCount } from './row-count.ts'
import { lowerPercentageSampling, lowerRowSampling } from './sampling.ts'
import { lowerScriptComponent } from './script.ts'
import { lowerSlowlyChanging } from './slowly-changing.ts'
import { lowerSort } from './sort.ts'
import { lowerTermExtraction } from './term-extraction.ts'
import { lowerTermLookup } from './term-lookup.ts'
import { lowerTrashDestination } from './trash-destination.ts'
import { lowerUnionAll } from './union-all.ts'
import { lowerUnpivot } from './unpivot.ts'
import { lowerXmlSource } from './xml-source.ts'

/** Fills the context's parts, or says why it cannot; what it has added until then is dropped. */
export type LowerComponent = (context: ComponentContext) => Refusal | undefined

export const components = {
	'Martin.SQLServer.Dts.MultipleHash': lowerMultipleHash,
	'Microsoft.Aggregate': lowerAggregate,
	'Microsoft.BDD': lowerBalancedDataDistributor,
	'Microsoft.Cache': lowerCacheTransform,
	'Microsoft.CharacterMap': lowerCharacterMap,
	'Microsoft.CDCSplitter': lowerCdcSplitter,
	'Microsoft.ConditionalSplit': lowerConditionalSplit,
	'Microsoft.CopyMap': lowerCopyColumn,
	'Microsoft.DataConvert': lowerDataConversion,
	'Microsoft.DerivedColumn': lowerDerivedColumn,
	'Microsoft.ExcelDestination': lowerExcelDestination,
	'Microsoft.ExcelSource': lowerExcelSource,
	'Microsoft.Extractor': lowerExportColumn,
	'Microsoft.FlatFileDestination': lowerFlatFileDestination,
	'Microsoft.FlatFileSource': lowerFlatFileSource,
	'Microsoft.FuzzyGrouping': lowerFuzzyGrouping,
	'Microsoft.FuzzyLookup': lowerFuzzyLookup,
	'Microsoft.Inserter': lowerImportColumn,
	'Microsoft.Lineage': lowerAudit,
	'Microsoft.Lookup': lowerLookup,
	'Microsoft.Merge': lowerMerge,
	'Microsoft.MergeJoin': lowerMergeJoin,
	'Microsoft.Multicast': lowerMulticast,
	'Microsoft.OLEDBCommand': lowerOleDbCommand,
	'Microsoft.OLEDBDestination': lowerOleDbDestination,
	'Microsoft.OLEDBSource': lowerOleDbSource,
	'Microsoft.PctSampling': lowerPercentageSampling,
	'Microsoft.Pivot': lowerPivot,
	'Microsoft.RawDestination': lowerRawDestination,
	'Microsoft.RawSource': lowerRawSource,
	'Microsoft.RecordsetDestination': lowerRecordsetDestination,
	'Microsoft.RowCount': lowerRowCount,
	'Microsoft.RowSampling': lowerRowSampling,
	'Microsoft.SCD': lowerSlowlyChanging,
	'Microsoft.ScriptComponent': lowerScriptComponent,
	'Microsoft.Sort': lowerSort,
	'Microsoft.SQLServerDestination': lowerSqlServerDestination,
	'Microsoft.TermExtraction': lowerTermExtraction,
	'Microsoft.TermLookup': lowerTermLookup,
	MultipleHash: lowerMultipleHash,
	'Microsoft.UnionAll': lowerUnionAll,
	'Microsoft.UnPivot': lowerUnpivot,
	// .NET components are called by their class, without its namespace.
	AdlsDest: remoteTextDestination(filePathProperties),
	AdlsSource: remoteTextSource(filePathProperties),
	ADONETDestination: namedTableDestination('TableOrViewName'),
	ADONETSource: namedTableSource('TableOrViewName'),
	AzBlobDest: remoteTextDestination(blobProperties),
	AzBlobSrc: remoteTextSource(blobProperties),
	CdcSourceComponent: lowerCdcSource,
	DataReaderDestinationAdapter: lowerProgramDestination,
	DataReaderSourceAdapter: namedTableSource('TableOrViewName'),
	DataStreamingDestinationAdapter: lowerProgramDestination,
	HdfsDest: remoteTextDestination(filePathProperties),
	HdfsSource: remoteTextSource(filePathProperties),
	NullDestination: lowerTrashDestination,
	ODataSource: connectorSource('a feed of OData'),
	SalesforceSource: connectorSource('Salesforce'),
	SforceSource: connectorSource('Salesforce'),
	SharePointListSource: connectorSource('a list of SharePoint'),
	SqlCEDestinationAdapter: namedTableDestination('TableName'),
	Trash: lowerTrashDestination,
	XmlSourceAdapter: lowerXmlSource,
	'Microsoft.SSISODBCDst': namedTableDestination('TableName'),
	'Microsoft.SSISODBCSrc': namedTableSource('TableName'),
	'Microsoft.SSISOracleDst': namedTableDestination('TableName'),
	'Microsoft.SSISOracleSrc': namedTableSource('TableName'),
	'Microsoft.SSISTeradataDst': namedTableDestination('TableName'),
	'Microsoft.SSISTeradataSrc': namedTableSource('TableName'),
} as const satisfies Record<string, LowerComponent>

export type ComponentType = keyof typeof components

export function lowererOf(type: string): LowerComponent | undefined {
	const name = Object.hasOwn(components, type) ? type : (type.split('.').at(-1) ?? '')
	return Object.hasOwn(components, name) ? components[name as ComponentType] : undefined
}
