/** A package as its file holds it, in one shape for all format versions. Ids are refIds (formats 6, 8) or numbers as text. */
import type { LineRange } from '#model/provenance.ts'
import type { XmlElement } from '../../xml/element.ts'

export interface PackageRecord {
	readonly formatVersion: number
	readonly connections: readonly ConnectionRecord[]
	readonly parameters: readonly ParameterRecord[]
	/** In the order in which they are applied; none when the package has them switched off. */
	readonly configurations: readonly ConfigurationRecord[]
	/** The package itself: a container. */
	readonly root: ExecutableRecord
}

/** Where values come from that are put into the package before it runs. */
export interface ConfigurationRecord {
	readonly name: string
	/** `indirect`: an environment variable holds what `source` otherwise says. */
	readonly kind:
		| 'parent-variable'
		| 'file'
		| 'environment'
		| 'registry'
		| 'indirect-parent-variable'
		| 'indirect-file'
		| 'indirect-registry'
		| 'sql-server'
		| 'indirect-sql-server'
	/** Name of the variable, file, key or table. */
	readonly source: string
	/** Path of the one property that it sets; empty for kinds that hold several. */
	readonly target: string
	readonly lines: LineRange
}

export interface ConfiguredValueRecord {
	/** `\Package.Variables[User::X].Properties[Value]` */
	readonly path: string
	readonly value: string
	readonly lines: LineRange
}

export interface PropertyExpressionRecord {
	/** Name of the property that the expression sets. */
	readonly property: string
	readonly text: string
	readonly lines: LineRange
}

export interface ConnectionRecord {
	readonly refId: string
	/** The manager's GUID, upper case, in braces. */
	readonly id: string
	readonly name: string
	/** `OLEDB`, `FLATFILE`, `ADO.NET:…`, `CACHE`, …, upper case. */
	readonly type: string
	readonly scope: 'package' | 'project'
	/** Without passwords. */
	readonly connectionString: string
	/** All who use it share one session, from their first use to the end of the package (RetainSameConnection). */
	readonly retained?: true
	readonly flatFile?: FlatFileRecord
	readonly cache?: CacheRecord
	readonly expressions: readonly PropertyExpressionRecord[]
	/** The file it stands in: the package, or a `.conmgr` beside it. */
	readonly file: string
	readonly lines: LineRange
}

/** What a cache connection holds: rows of these columns, in memory or in a file. */
export interface CacheRecord {
	/** Path of the `.caw` file; absent: the rows live as long as the package runs. */
	readonly file?: string
	readonly columns: readonly CacheColumnRecord[]
}

export interface CacheColumnRecord {
	readonly name: string
	/** Numeric code of the type. */
	readonly dataType: number
	readonly length: number
	readonly precision: number
	readonly scale: number
	readonly codePage: number
	/** Place in the index, from 1; 0: it is no key. */
	readonly indexPosition: number
}

export interface FlatFileRecord {
	/** `Delimited`, `FixedWidth`, `RaggedRight`. */
	readonly format: string
	readonly unicode: boolean
	readonly codePage: number
	readonly localeId: number
	readonly headerRowsToSkip: number
	readonly dataRowsToSkip: number
	readonly namesInFirstRow: boolean
	/** Ends each of the rows that are skipped at the top; empty where nothing is stored. */
	readonly headerDelimiter: string
	readonly rowDelimiter: string
	/** Does a row delimiter end a row that lacks columns? */
	readonly checksRowEnds: boolean
	/** Empty: no text qualifier. */
	readonly textQualifier: string
	readonly columns: readonly FlatFileColumnRecord[]
}

export interface FlatFileColumnRecord {
	readonly name: string
	readonly type: string
	readonly delimiter: string
	readonly textQualified: boolean
	readonly dataType: number
	/** Characters of a column of fixed width. */
	readonly width: number
	readonly precision: number
	readonly scale: number
}

export interface ParameterRecord {
	/** GUID, upper case, in braces; empty in a project file. */
	readonly id: string
	/** `$Package::Year`, `$Project::Server`. */
	readonly name: string
	readonly dataType: number
	readonly value: string
	readonly required: boolean
	readonly sensitive: boolean
	readonly description: string
	/** What the configurations of the project set it to. */
	readonly environments?: readonly { readonly name: string; readonly value: string }[]
	readonly file: string
	readonly lines: LineRange
}

export interface VariableRecord {
	/** `User::RowCount`. */
	readonly name: string
	/** GUID, upper case, in braces: parameter maps of sources name variables so. */
	readonly id: string
	readonly dataType: number
	readonly value: string
	readonly expression?: string
	/** Full name of the job's parameter that it begins with, instead of the value. */
	readonly parameter?: string
	readonly lines: LineRange
}

export interface ConstraintRecord {
	readonly id: string
	/** RefIds of executables. */
	readonly from: string
	readonly to: string
	readonly value: number
	readonly evalOp: number
	readonly logicalAnd: boolean
	readonly expression: string
	readonly lines: LineRange
}

export interface ExecutableRecord {
	readonly refId: string
	/** GUID, upper case, in braces. */
	readonly id: string
	/** One name for all versions: `Microsoft.ExecuteSQLTask`, `STOCK:SEQUENCE`. */
	readonly type: string
	readonly name: string
	readonly description: string
	readonly disabled: boolean
	readonly variables: readonly VariableRecord[]
	readonly executables: readonly ExecutableRecord[]
	readonly constraints: readonly ConstraintRecord[]
	readonly handlers: readonly EventHandlerRecord[]
	readonly expressions: readonly PropertyExpressionRecord[]
	/** What the task itself holds (`DTS:ObjectData`). */
	readonly data?: XmlElement
	readonly pipeline?: PipelineRecord
	readonly element: XmlElement
	readonly lines: LineRange
}

export interface EventHandlerRecord {
	readonly event: string
	readonly executables: readonly ExecutableRecord[]
	/** The handler as the container that it is: variables, tasks, constraints. */
	readonly container: ExecutableRecord
}

export interface PipelineRecord {
	readonly components: readonly ComponentRecord[]
	readonly paths: readonly PathRecord[]
}

export interface PathRecord {
	readonly id: string
	readonly name: string
	/** An output's id. */
	readonly from: string
	/** An input's id. */
	readonly to: string
	readonly lines: LineRange
}

export interface ComponentRecord {
	/** Unique in the package: the refId, or a path built like one. */
	readonly refId: string
	/** One name for all versions: `Microsoft.Lookup`; a third party's type name; the class id where nothing names it. */
	readonly type: string
	readonly name: string
	readonly properties: ReadonlyMap<string, string>
	/** Ids of connection managers by the name of the use (`OleDbConnection`). */
	readonly connections: ReadonlyMap<string, string>
	readonly inputs: readonly InputRecord[]
	readonly outputs: readonly OutputRecord[]
	readonly element: XmlElement
	readonly lines: LineRange
}

/** What happens on error and truncation: `FailComponent`, `IgnoreFailure`, `RedirectRow`, `NotUsed`. */
export interface Dispositions {
	readonly onError: string
	readonly onTruncation: string
}

export interface InputRecord {
	readonly id: string
	readonly name: string
	readonly columns: readonly InputColumnRecord[]
	readonly external: readonly ExternalColumnRecord[]
	readonly dispositions: Dispositions
}

export interface InputColumnRecord {
	readonly id: string
	readonly lineage: string
	readonly name: string
	readonly readWrite: boolean
	readonly sortKeyPosition: number
	readonly externalId: string
	readonly dispositions: Dispositions
	readonly properties: ReadonlyMap<string, string>
	readonly lines: LineRange
}

/** A type as pipelines spell it. */
export interface ColumnTypeRecord {
	readonly dataType: string
	readonly length: number
	readonly precision: number
	readonly scale: number
	readonly codePage: number
}

export interface ExternalColumnRecord {
	readonly id: string
	readonly name: string
	readonly type: ColumnTypeRecord
	readonly properties: ReadonlyMap<string, string>
}

export interface OutputRecord {
	readonly id: string
	readonly name: string
	readonly isError: boolean
	/** Id of the input whose rows it passes on; absent: the output makes rows of its own. */
	readonly synchronousInput?: string
	readonly columns: readonly OutputColumnRecord[]
	readonly external: readonly ExternalColumnRecord[]
	readonly dispositions: Dispositions
	readonly properties: ReadonlyMap<string, string>
	readonly lines: LineRange
}

export interface OutputColumnRecord {
	readonly id: string
	readonly lineage: string
	readonly name: string
	readonly type: ColumnTypeRecord
	readonly sortKeyPosition: number
	/** How texts of a sort key compare: Windows' NORM_* bits, or nothing. */
	readonly comparisonFlags: string
	/** 1: ErrorCode, 2: ErrorColumn. */
	readonly special: number
	readonly externalId: string
	readonly dispositions: Dispositions
	readonly properties: ReadonlyMap<string, string>
	readonly lines: LineRange
}
