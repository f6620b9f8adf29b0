/** Connections of flows to systems that no stage of a job reaches; types are those that flows call them by. */
import { outsideSource } from './outside-source.ts'

const file = ['file_name', 'bucket']
const table = ['select_statement', 'table_name']

export const flowSources: Readonly<Record<string, ReturnType<typeof outsideSource>>> = {
	AzureDatalakePX: outsideSource('a file in Azure Data Lake Storage', file),
	GoogleCloudStoragePX: outsideSource('a file in Google Cloud Storage', file),
	GooglePubSubPX: outsideSource('messages of Google Pub/Sub'),
	HBaseConnectorPX: outsideSource('a table of Apache HBase', table),
	PxBapi: outsideSource('the results of a function of SAP'),
	PxRest: outsideSource('the answers of a REST service'),
	bigqueryPX: outsideSource('Google BigQuery', table),
	box: outsideSource('a file in Box', file),
	'cognos-analytics': outsideSource('a report of Cognos Analytics', file),
	cosmos: outsideSource('documents of Azure Cosmos DB'),
	dropbox: outsideSource('a file in Dropbox', file),
	elasticsearch: outsideSource('an index of Elasticsearch'),
	ftp: outsideSource('a file on an FTP server', file),
	generics3: outsideSource('a file in an object store', file),
	'hdfs-apache': outsideSource('a file in HDFS', file),
	http: outsideSource('a document of a web server'),
	looker: outsideSource('a look of Looker', file),
	minio: outsideSource('a file in MinIO', file),
	mongodb: outsideSource('a collection of MongoDB', table),
	'mongodb-ibmcloud': outsideSource('a collection of MongoDB', table),
	sapbulkextract: outsideSource('tables of SAP', table),
	sapdeltaextract: outsideSource('changes of SAP'),
	sapidoc: outsideSource('IDocs of SAP'),
	sapodata: outsideSource('an OData service of SAP', table),
	tableau: outsideSource('a view of Tableau', file),
	tm1odata: outsideSource('Planning Analytics'),
	volumes: outsideSource('a file in a storage volume', file),
}
