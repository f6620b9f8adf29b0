/**
 * Names of pipeline components. Each version of SSIS wrote another class id for the same component: a short name, a ProgID,
 * or a GUID of that version. The short name of the newest version stands for all of them here.
 */

interface ComponentClass {
	/** The English display name: the first part of `contactInfo`, by which an unknown GUID can still be told. */
	readonly title: string
	/** Other class ids under which the component is found. */
	readonly ids: readonly string[]
}

const classes: Readonly<Record<string, ComponentClass>> = {
	'Microsoft.OLEDBDestination': {
		title: 'OLE DB Destination',
		ids: [
			'{4ADA7EAA-136C-4215-8098-D7A7C27FC0D1}',
			'{5A0B62E8-D91D-49F5-94A5-7BE58DE508F0}',
			'{E2568105-9550-4F71-A638-B7FE42E66922}',
			'DTSAdapter.OLEDBDestination.3',
		],
	},
	'Microsoft.OLEDBSource': {
		title: 'OLE DB Source',
		ids: [
			'{165A526D-D5DE-47FF-96A6-F8274C19826B}',
			'{BCEFE59B-6819-47F7-A125-63753B33ABB7}',
			'{2C0A8BE5-1EDC-4353-A0EF-B778599C65A0}',
			'DTSAdapter.OLEDBSource.3',
		],
	},
	'Microsoft.DerivedColumn': {
		title: 'Derived Column',
		ids: [
			'{49928E82-9C4E-49F0-AABE-3812B82707EC}',
			'{2932025B-AB99-40F6-B5B8-783A73F80E24}',
			'{9CF90BF0-5BCC-4C63-B91D-1F322DC12C26}',
			'DTSTransform.DerivedColumn.3',
		],
	},
	'Microsoft.FlatFileSource': {
		title: 'Flat File Source',
		ids: [
			'{D23FD76B-F51D-420F-BBCB-19CBF6AC1AB4}',
			'{5ACD952A-F16A-41D8-A681-713640837664}',
			'{90C7770B-DE7C-435E-880E-E718C92C0573}',
			'DTSAdapter.FlatFileSource.3',
		],
	},
	'Microsoft.Lookup': {
		title: 'Lookup',
		ids: [
			'{671046B0-AA63-4C9F-90E4-C06E0B710CE3}',
			'{0FB4AABB-C027-4440-809A-1198049BF117}',
			'{27648839-180F-45E6-838D-AFF53DF682D2}',
			'DTSTransform.Lookup.3',
		],
	},
	'Microsoft.DataConvert': {
		title: 'Data Conversion',
		ids: [
			'{62B1106C-7DB8-4EC8-ADD6-4C664DFFC54A}',
			'{BD06A22E-BC69-4AF7-A69B-C44C2EF684BB}',
			'{C3BF62C8-7C5C-4F85-83C3-E0B6F6BE267C}',
			'DTSTransform.DataConvert.3',
		],
	},
	'Microsoft.FlatFileDestination': {
		title: 'Flat File Destination',
		ids: [
			'DTSAdapter.FlatFileDestination.3',
			'{A1DF9F6D-8EE4-4EF0-BB2E-D526130D7A7B}',
			'{8DA75FED-1B7C-407D-B2AD-2B24209CCCA4}',
			'{D658C424-8CF0-441C-B3C4-955E183B7FBA}',
		],
	},
	'Microsoft.RowCount': {
		title: 'Row Count',
		ids: [
			'DTSTransform.RowCount.3',
			'{E2697D8C-70DA-42B2-8208-A19CE3A9FE41}',
			'{DE50D3C7-41AF-4804-9247-CF1DEB147971}',
			'{150E6007-7C6A-4CC3-8FF3-FC73783A972E}',
		],
	},
	'Microsoft.OLEDBCommand': {
		title: 'OLE DB Command',
		ids: [
			'{93FFEC66-CBC8-4C7F-9C6A-CB1C17A7567D}',
			'{8E61C8F6-C91D-43B6-97EB-3423C06571CC}',
			'{C60ACAD1-9BE8-46B3-87DA-70E59EADEA46}',
		],
	},
	'Microsoft.SSISODBCSrc': { title: 'ODBC Source', ids: ['Attunity.SSISODBCSrc', 'Microsoft.ODBCSource'] },
	'Microsoft.SSISOracleSrc': { title: 'Oracle Source', ids: ['Attunity.SSISOraSrc'] },
	'Microsoft.SSISOracleDst': { title: 'Oracle Destination', ids: ['Attunity.SSISOraDst'] },
	'Microsoft.SSISTeradataSrc': { title: 'Teradata Source', ids: ['Attunity.SSISTeraSrc'] },
	'Microsoft.SSISTeradataDst': { title: 'Teradata Destination', ids: ['Attunity.SSISTeraDst'] },
	'Microsoft.ConditionalSplit': {
		title: 'Conditional Split',
		ids: [
			'{7F88F654-4E20-4D14-84F4-AF9C925D3087}',
			'{3AE878C6-0D6C-4F48-8128-40E00E9C1B7D}',
			'{53A228EE-EBFA-48D6-A1AC-5269E5824A2C}',
			'DTSTransform.ConditionalSplit.3',
		],
	},
	'Microsoft.Sort': {
		title: 'Sort',
		ids: [
			'{07127A7C-164B-422A-AD1F-24BE39B4DB38}',
			'{5B1A3FF5-D366-4D75-AD1F-F19A36FCBEDB}',
			'{F1CEE4CE-066D-4FBE-9DC4-CD97202F3450}',
		],
	},
	'Microsoft.UnionAll': {
		title: 'Union All',
		ids: [
			'{B594E9A8-4351-4939-891C-CFE1AB93E925}',
			'DTSTransform.UnionAll.3',
			'{C5E47A29-265C-4F93-82CA-D8462EE23278}',
			'{4D9F9B7C-84D9-4335-ADB0-2542A7E35422}',
		],
	},
	'Microsoft.RecordsetDestination': {
		title: 'Recordset Destination',
		ids: [
			'{C457FD7E-CE98-4C4B-AEFE-F3AE0044F181}',
			'{167AF7E9-BA81-425F-B73D-E30C2DCC0F09}',
			'{FFF3C376-C5BF-45BC-A3A3-C8C9DEDD2CF5}',
		],
	},
	'Microsoft.SQLServerDestination': {
		title: 'SQL Server Destination',
		ids: [
			'{F452EAF3-5EF0-43F1-8067-09DDF0BC6316}',
			'{E4B61516-847B-4BDF-9CC6-1968A2D43E73}',
			'{5244B484-7C76-4026-9A01-00928EA81550}',
		],
	},
	'Microsoft.Aggregate': {
		title: 'Aggregate',
		ids: [
			'{9ABE8DF3-0052-42DB-8B18-2089E1D1D1B7}',
			'{5B201335-B360-485C-BB93-75C34E09B3D3}',
			'{F40CF2A6-384A-4C57-B99C-ADAF31E51EBC}',
		],
	},
	'Microsoft.Multicast': {
		title: 'Multicast',
		ids: [
			'{1ACA4459-ACE0-496F-814A-8611F9C27E23}',
			'DTSTransform.Multicast.3',
			'{F1CEE4CE-066D-4FBE-9DC4-4C697A617264}',
			'{EC139FBC-694E-490B-8EA7-35690FB0F445}',
		],
	},
	'Microsoft.MergeJoin': {
		title: 'Merge Join',
		ids: [
			'{14D43A4F-D7BD-489D-829E-6DE35750CFE4}',
			'{A18A4D58-7C7A-4448-8B98-AE2CEFE81B4C}',
			'{0D598A60-0A32-4B1B-A72C-5030B64E3A20}',
		],
	},
	'Microsoft.ExcelSource': {
		title: 'Excel Source',
		ids: [
			'{A4B1E1C8-17F3-46C8-AAD0-34F0C6FE42DE}',
			'{8C084929-27D1-479F-9641-ABB7CDADF1AC}',
			'{B551FCA8-23BD-4719-896F-D8F352A5283C}',
		],
	},
	'Microsoft.ExcelDestination': { title: 'Excel Destination', ids: ['{4963CAED-CB38-4146-96F0-5910342FF3B9}'] },
	'Microsoft.SCD': { title: 'Slowly Changing Dimension', ids: ['Microsoft.SlowlyChangingDimension'] },
	'Microsoft.Lineage': {
		title: 'Audit',
		ids: [
			'{18C6AD8E-96E0-4C94-885B-B5FD43A8A101}',
			'{4FCE8297-9C65-40A9-9D60-00C5CC6BC283}',
			'{32711D35-7D9D-44E5-B57E-A17D33D5C38C}',
			'Microsoft.Audit',
		],
	},
	'Microsoft.CharacterMap': {
		title: 'Character Map',
		ids: [
			'{C86C867A-7D40-486A-8734-F0B6943A9DD4}',
			'{2D9FDEDD-085F-4294-ABBA-818E2CCD0733}',
			'{DEC33219-BA68-4FEB-AC98-9C1B1E577A8D}',
		],
	},
	'Microsoft.Cache': {
		title: 'Cache Transform',
		ids: ['{A236DD44-4409-433E-A1CE-283DA18F4E0F}', '{BF818E79-2C1C-410D-ADEA-B2D1A04FED01}'],
	},
	'Microsoft.RawSource': { title: 'Raw File Source', ids: ['{E2568105-9550-4F71-A638-B7FE42E66930}'] },
	'Microsoft.RawDestination': { title: 'Raw File Destination', ids: ['{E2568105-9550-4F71-A638-B7FE42E66933}'] },
	'Microsoft.Inserter': {
		title: 'Import Column',
		ids: [
			'{B0779BAF-39EA-44A1-B7EA-C2FAF97E0AB8}',
			'{C8AEEE54-67A0-41A8-821D-D1C8BED62C68}',
			'{9053CAE0-140B-48E4-AEEC-4E6A26E9E436}',
		],
	},
	'Microsoft.Extractor': {
		title: 'Export Column',
		ids: [
			'{DE059577-B5F1-4883-A22B-CB0A40E16D7B}',
			'{86151302-DCDB-49FB-92FE-772EC02712B6}',
			'{A9823821-0085-4483-952F-36277F63FFC5}',
		],
	},
	'Microsoft.Merge': { title: 'Merge', ids: [] },
	'Microsoft.CopyMap': { title: 'Copy Column', ids: ['Microsoft.CopyColumn'] },
	'Microsoft.SSISODBCDst': { title: 'ODBC Destination', ids: ['Attunity.SSISODBCDst', 'Microsoft.ODBCDestination'] },
	'Microsoft.PctSampling': { title: 'Percentage Sampling', ids: [] },
	'Microsoft.RowSampling': {
		title: 'Row Sampling',
		ids: [
			'{19FBD9D1-7707-49F8-8EB2-BD7C6DA183C2}',
			'{A44C46A3-0A3F-454B-B3BD-0BC23D4BCE94}',
			'{284A868A-7C3D-498C-ABBF-028CEF6AB288}',
		],
	},
	'Microsoft.FuzzyLookup': { title: 'Fuzzy Lookup', ids: [] },
	'Microsoft.FuzzyGrouping': {
		title: 'Fuzzy Grouping',
		ids: [
			'{30575856-AD5B-483D-92C5-5A36D11F0F75}',
			'{0A1BDBA0-9C6E-4AD7-97B1-E0E79E462629}',
			'{836E0D0B-0358-45B4-B888-4ADCE9356D4E}',
		],
	},
	'Microsoft.PXPipelineDMQuery': { title: 'Data Mining Query', ids: [] },
	'Microsoft.TermExtraction': { title: 'Term Extraction', ids: [] },
	'Microsoft.TermLookup': { title: 'Term Lookup', ids: [] },
	'Microsoft.CDCSplitter': { title: 'CDC Splitter', ids: ['Attunity.CdcSplitterComponent'] },
	'Microsoft.BDD': { title: 'Balanced Data Distributor', ids: [] },
	'Microsoft.Pivot': { title: 'Pivot', ids: ['{49EB1DDB-8127-47C6-8B28-B97F7685DD59}'] },
	'Microsoft.UnPivot': { title: 'Unpivot', ids: ['{CDEA2A77-9235-47FC-9D9E-B32EC6F8ACE9}'] },
}

/** Ids of the host that runs .NET components; the component itself is named by a property. */
const hosts: ReadonlySet<string> = new Set([
	'MICROSOFT.MANAGEDCOMPONENTHOST',
	'DTS.MANAGEDCOMPONENTWRAPPER.3',
	'{2E42D45B-F83C-400F-8D77-61DDE6A7DF29}',
	'{874F7595-FB5F-40FF-96AF-FBFF8250E3EF}',
	'{BF01D463-7089-41EE-8F05-0A6DC17CE633}',
])

const names: ReadonlyMap<string, string> = new Map(
	Object.entries(classes).flatMap(([name, { ids }]) => [name, ...ids].map((id) => [id.toUpperCase(), name] as const)),
)
const titles: ReadonlyMap<string, string> = new Map(
	Object.entries(classes).map(([name, { title }]) => [title.toUpperCase(), name] as const),
)

/**
 * The one name of a component. ProgIDs end in a version number (`DTSTransform.Lookup.3`) that says nothing here.
 * @param contact the attribute `contactInfo`: `Lookup;Microsoft Corporation; …`
 * @param managedType property `UserComponentTypeName` of a .NET component
 */
export function componentType(classId: string, contact: string, managedType: string | undefined): string {
	const id = classId.trim().toUpperCase()
	if (hosts.has(id)) return managedName(managedType)
	const version = /^(DTS(?:TRANSFORM|ADAPTER)\..+)\.\d+$/.exec(id)
	return names.get(id) ?? (version && names.get(`${version[1]}.3`)) ?? titles.get(title(contact)) ?? classId
}

const title = (contact: string): string => (contact.split(';')[0] ?? '').trim().toUpperCase()

/** `Microsoft.SqlServer.Dts.Pipeline.XmlSourceAdapter, Microsoft.SqlServer…, Version=…` → the class without its assembly. */
function managedName(type: string | undefined): string {
	const name = (type ?? '').split(',')[0]?.trim() ?? ''
	if (/(?:^|\.)ScriptComponent(?:Host)?$/.test(name)) return 'Microsoft.ScriptComponent'
	return name === '' ? 'Microsoft.ManagedComponentHost' : (names.get(name.toUpperCase()) ?? name)
}
