/** Databases and file servers whose server or name an expression computes: the new job takes each connection from one argument. */
import type { DifferenceOccurrence } from '#model/job.ts'
import { connectionName } from './connection-names.ts'
import type { ConnectionRecord } from './formats/records.ts'

const places = /^(?:ConnectionString|ServerName|InitialCatalog|DataSource|Database)$/

/** @param job the lowered job as text, in which the connections that it uses occur */
export function computedConnections(
	connections: readonly ConnectionRecord[],
	job: string,
): readonly DifferenceOccurrence[] {
	return connections
		.filter((one) => /^(?:OLEDB|ADO|ADO\.NET.*|ODBC|ORACLE|FTP)$/.test(one.type))
		.filter((one) => job.includes(JSON.stringify(connectionName(one))))
		.flatMap((one) =>
			one.expressions
				.filter(({ property }) => places.test(property))
				.map(({ property, text, lines }) => ({
					id: 'RG-D058',
					element: one.refId,
					detail: `${property} of ${one.name} was ${text}.`,
					provenance: { file: one.file, path: one.refId, lines },
				})),
		)
}
