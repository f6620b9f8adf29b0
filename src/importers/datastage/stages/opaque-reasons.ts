/** Why stages that Reglue knows by name are not translated, and what a person can do. */
const java = 'it runs a Java class that the export does not hold; write what the class does as a function of the script'
const queue =
	'it exchanges messages with a queue; let a Glue streaming job or a Lambda function bring the rows as files'
const service =
	'it calls a web service for its rows; call the service in the script, or bring the answers as files first'
const xml =
	'it parses or composes XML documents; use from_xml of Spark, or let a program of your own turn them into rows'
const pack = 'it reaches an application through a pack of its own; export the rows there and read them as a data set'
const plugin =
	'its settings are those of a plug-in that no document tells; put a connector in its place, as the Connector Migration Tool of IBM does for many, and export the job again'
const oldServer = 'its file lies in the database of the old server; unload it to a text file, and read that'
const load = 'it drives a bulk loader of the database; a connector with the write mode Insert does the same'
const quality = 'it applies rules of QualityStage, which the export does not hold'

/** Types of stages of both kinds of jobs, each with its reason. */
export const opaqueStages: Readonly<Record<string, string>> = {
	AddressVerification2: quality,
	BCPLOAD: load,
	CFF: 'its records follow a COBOL copybook with parts that repeat or overlap; unload them to a plain text file first',
	CUniDataStage: oldServer,
	CUvStage: oldServer,
	DMConnectorPX: 'it masks values by policies that the export does not hold',
	DRS: plugin,
	DRSPX: plugin,
	DSDB2: plugin,
	DTStagePX: 'it writes rows and messages in one distributed transaction, which Spark does not know',
	ExceptionStage: quality,
	Folder: 'it reads or writes whole files as single values; list the files in the script',
	IADataRule: quality,
	ILOGJRulesConnectorPX: 'it runs rules of a rule engine that the export does not hold',
	INFBLK10: load,
	INFBLK10PX: load,
	IQBulk12: load,
	IQBulk12PX: load,
	InfmxCLI: plugin,
	InfmxCLIPX: plugin,
	Investigate: quality,
	JAQLConnectorPX: service,
	JClient: java,
	JTransformer: java,
	JTransformerPX: java,
	MERGE:
		'it joins two files by settings that no document tells; read both files and join them in a Transformer by a hashed file',
	MNS: quality,
	MasterDataManagementConnectorPX: pack,
	MatchFrequency: quality,
	ORABULK: load,
	ORAOCI9: plugin,
	ORAOCIBL: load,
	ORAOCIBLPX: load,
	PS_HRYPX: pack,
	PxDB2Z: plugin,
	PxExternalFilter:
		'it pipes rows through a shell command, and no document tells how their fields, quotes and nulls look to it; write what the command does as a step of the script',
	PxInformixXPS: plugin,
	PxRTIOutput: service,
	PxXMLInput: xml,
	PxXMLOutput: xml,
	PxWaveGenerator:
		'it marks waves of rows in a stream that never ends; a job of Glue reads all its rows, so take the stage out',
	Pxiway: plugin,
	RTIInput: service,
	RTIOutput: service,
	ReferenceMatch: quality,
	RowMerger: 'it joins columns to one text by a format that no document tells; a derivation with colons does the same',
	RowSplitter: 'it cuts a text into columns by a format that no document tells; derivations with Field do the same',
	SQA: quality,
	STP: 'it calls a stored procedure for each row; write the procedure as SQL over the whole table',
	SYBASEOC: plugin,
	SYBASEOCPX: plugin,
	Standardize: quality,
	Survive: quality,
	TDMLoad: load,
	Terabulk: load,
	TerabulkPX: load,
	Teradata: plugin,
	TeradataPX: plugin,
	UDBLoad: load,
	UDBLoadPX: load,
	UnduplicateMatch: quality,
	WSClient: service,
	WSTransformer: service,
	WSTransformerPX: service,
	WebSphereMQConnector: queue,
	XMLInput: xml,
	XMLInputPX: xml,
	XMLOutput: xml,
	XMLOutputPX: xml,
	XMLTransformer: xml,
	XMLTransformerPX: xml,
	XPSLoad: load,
	XPSLoadPX: load,
	ftp: 'it moves a file over FTP; AWS Transfer Family can bring it to S3, where a sequential file reads it',
	orahrchy_PX: pack,
	rdbload: load,
	rdbloadPX: load,
}

/** The reason for a stage that nothing translates. */
export const opaqueReason = (type: string): string =>
	Object.hasOwn(opaqueStages, type) && opaqueStages[type] !== undefined
		? `${type} is not translated: ${opaqueStages[type]}`
		: `the stage type ${type} is not translated; if it is one of your own (built, wrapped or custom), write what its code does as a step of the script`
