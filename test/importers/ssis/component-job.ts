/** Packages of one data flow for tests of components, and looking into what was read from them. */
import { expect } from 'vitest'
import { dtsxImporter } from '#importers/ssis/importer.ts'
import type { Job } from '#model/job.ts'
import type { Operator, OperatorKind, OperatorOf } from '#model/operators.ts'
import type { ColumnSpec, ComponentSpec } from '../../support/dtsx-builder.ts'
import { dtsx } from '../../support/dtsx-builder.ts'

export const x = dtsx(8)

/** A job of one data flow: a database source `Src` with columns id and name, then the components given. */
export function job(
	components: readonly ComponentSpec[],
	paths: readonly (readonly [string, string])[],
	...extra: readonly string[]
): Job {
	const all = [source, ...components].map((component) => x.component(component))
	const data = x.package(
		'P',
		x.connection('DB', 'OLEDB', 'Data Source=srv;Initial Catalog=Orders;Provider=SQLNCLI11.1'),
		...extra,
		x.executables(x.executable('Flow', 'Microsoft.Pipeline', x.pipeline(all, paths))),
	)
	const [read] = dtsxImporter.read({ file: { path: 'p.dtsx', bytes: data }, companions: [] }).jobs
	if (read === undefined) throw new Error('no job was read')
	return read
}

export const column = (id: string, name: string, dataType: string, attributes = {}, properties = {}): ColumnSpec => ({
	id,
	name,
	attributes: { dataType, ...attributes },
	properties,
})
export const source: ComponentSpec = {
	name: 'Src',
	type: 'Microsoft.OLEDBSource',
	properties: { AccessMode: 0, OpenRowset: '[dbo].[Orders]' },
	connections: ['DB'],
	outputs: [
		{
			id: 'src',
			columns: [column('s.id', 'id', 'i4', { sortKeyPosition: 1 }), column('s.name', 'name', 'wstr', { length: 10 })],
		},
	],
}
export const errorColumns = (id: string): readonly ColumnSpec[] => [
	column(`${id}.code`, 'ErrorCode', 'i4', { specialFlags: 1 }),
	column(`${id}.column`, 'ErrorColumn', 'i4', { specialFlags: 2 }),
]

export function operator<K extends OperatorKind>(read: Job, name: string, kind: K): OperatorOf<K> {
	const found = read.flows[0]?.operators.find((one: Operator) => one.id === name)
	expect(found).toMatchObject({ kind })
	return found as OperatorOf<K>
}
export const outcome = (read: Job, name: string) => read.accounting.find((item) => item.name === name)
export const linkTo = (read: Job, id: string) => read.flows[0]?.links.find((link) => link.to.operator === id)
export const names = (read: Job, id: string) => linkTo(read, id)?.schema.columns.map((one) => one.name)
