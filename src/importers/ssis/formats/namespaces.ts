import type { XmlFilter } from '../../xml/tree-builder.ts'

/** Namespaces of the package formats and the prefix under which this importer knows them. */
const prefixes: ReadonlyMap<string, string> = new Map([
	['www.microsoft.com/SqlServer/Dts', 'DTS'],
	['www.microsoft.com/sqlserver/dts/tasks/sqltask', 'SQLTask'],
	['www.microsoft.com/SqlServer/SSIS', 'SSIS'],
	['www.microsoft.com/sqlserver/dts/tasks/sendmailtask', 'SendMailTask'],
	['www.microsoft.com/sqlserver/dts/tasks/bulkinserttask', 'BulkInsertTask'],
])

/** Layout, log settings and compiled code: large, and without meaning for what a package does. */
const unread: ReadonlySet<string> = new Set([
	'DTS:DesignTimeProperties',
	'DTS:PackageVariable',
	'DTS:LoggingOptions',
	'BinaryItem',
	'BinaryCode',
])
const unreadAttributes: ReadonlySet<string> = new Set([
	'description',
	'typeConverter',
	'UITypeEditor',
	'state',
	'isArray',
])

export const packageFilter: XmlFilter = {
	prefixes,
	skipElement: (name) => unread.has(name),
	skipAttribute: (_, attribute) => unreadAttributes.has(attribute),
}
