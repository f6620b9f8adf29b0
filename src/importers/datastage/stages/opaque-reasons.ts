/** Why stages that Reglue knows by name are not translated, and what a person can do. */
const java = 'it runs a Java class that the export does not hold; write what the class does as a function of the script'
const queue =
	'it exchanges messages with a queue; let a Glue streaming job or a Lambda function bring the rows as files'
const service =
	'it calls a web service for its rows; call the service in the script, or bring the answers as files first'
const xml =
	'its assembly is stored packed, and stands for steps that parse or compose documents; use from_xml or from_json of Spark'
const pack = 'it reaches an application through a pack of its own; export the rows there and read them as a data set'
const load = 'it drives a bulk loader of the database; a connector with the write mode Insert does the same'
const quality = 'it applies rules of QualityStage, which the export does not hold'

const reasons: Readonly<Record<string, string>> = {
	CDCTStagePX: 'it takes changes from a log of the database; AWS DMS can deliver them as files',
	CognosTM1ConnectorPX: pack,
	DMConnectorPX: 'it masks values by policies that the export does not hold',
	DTStagePX: 'it writes rows and messages in one distributed transaction, which Spark does not know',
	EssbaseConnectorPX: pack,
	ExceptionStage: quality,
	IADataRule: quality,
	ILOGJRulesConnectorPX: 'it runs rules of a rule engine that the export does not hold',
	Investigate: quality,
	JAQLConnectorPX: service,
	JTransformerPX: java,
	KafkaConnectorPX: queue,
	MNS: quality,
	MQSeriesPX: queue,
	MasterDataManagementConnectorPX: pack,
	MatchFrequency: quality,
	PXClassicFederation: 'it reads mainframe data through a federation server; unload them to files first',
	PeoplesoftOnePX: pack,
	PxCFF: 'its records follow a COBOL copybook with parts that repeat or overlap',
	PxExternalFilter: 'it pipes rows through a shell command; write what the command does as a step of the script',
	PxExternalSource:
		'its rows are what a program prints; run the program first and read its output as a sequential file',
	PxExternalTarget: 'it pipes rows into a program; write a sequential file and run the program on it',
	PxFTP: 'it moves a file over FTP; AWS Transfer Family can bring it to S3, where a sequential file reads it',
	PxRTIInput: service,
	PxRTIOutput: service,
	PxzOSFile: 'it reads a data set of z/OS; unload it to a file first',
	ReferenceMatch: quality,
	SQA: quality,
	STPPX: 'it calls a stored procedure for each row; write the procedure as SQL over the whole table',
	Standardize: quality,
	StreamsConnectorPX: queue,
	Survive: quality,
	TerabulkPX: load,
	UDBLoadPX: load,
	UnduplicateMatch: quality,
	UnstructuredDataConnectorPX: 'it reads ranges of a workbook; save them as CSV and read these',
	WSTransformerPX: service,
	WebSphereMQConnectorPX: queue,
	XMLInputPX: xml,
	XMLOutputPX: xml,
	XMLTransformerPX: xml,
	ftpPX: 'it moves a file over FTP; AWS Transfer Family can bring it to S3, where a sequential file reads it',
	rdbloadPX: load,
}

/** The reason for a stage that nothing translates. */
export const opaqueReason = (type: string): string =>
	Object.hasOwn(reasons, type) && reasons[type] !== undefined
		? `${type} is not translated: ${reasons[type]}`
		: `the stage type ${type} is not translated`
