/** Names of SQL types, as ISX and next-generation flows write them → ODBC codes, as DSX does. The one table for all formats. */
const codes: ReadonlyMap<string, string> = new Map([
	['UNKNOWN', '0'],
	['CHAR', '1'],
	['NUMERIC', '2'],
	['DECIMAL', '3'],
	['INTEGER', '4'],
	['INT', '4'],
	['SMALLINT', '5'],
	['FLOAT', '6'],
	['REAL', '7'],
	['DOUBLE', '8'],
	['DATE', '9'],
	['TIME', '10'],
	['TIMESTAMP', '11'],
	['VARCHAR', '12'],
	['STRING', '12'],
	['LONGVARCHAR', '-1'],
	['BINARY', '-2'],
	['VARBINARY', '-3'],
	['LONGVARBINARY', '-4'],
	['BIGINT', '-5'],
	['TINYINT', '-6'],
	['BIT', '-7'],
	['BOOLEAN', '-7'],
	['NCHAR', '-8'],
	['WCHAR', '-8'],
	['NVARCHAR', '-9'],
	['WVARCHAR', '-9'],
	['LONGNVARCHAR', '-10'],
	['WLONGVARCHAR', '-10'],
	['LONGWVARCHAR', '-10'],
])

/** The ODBC code of a type's name, without regard to letter case and marks between its words; an unknown name stays as it is. */
export function odbcCode(name: string): string {
	return codes.get(name.toUpperCase().replaceAll(/[^A-Z]/g, '')) ?? name
}
