/** One member of an ISX archive, by what its root element says it is. */
import type { XmlElement } from '../../../xml/element.ts'
import { itemFrom, recordFrom } from '../build.ts'
import type { DsxItem, DsxSection } from '../dsx/records.ts'
import { odbcCode } from '../sql-types.ts'
import { attributeOf, valuesOf } from './attributes.ts'
import { jobSection } from './job-member.ts'
import { parameterItems } from './parameters.ts'

/** Root elements without their prefix and `DS…SDO` → section. */
const sections: ReadonlyMap<string, { readonly kind: string; readonly oleType: string }> = new Map([
	['ParameterSet', { kind: 'DSPARAMETERSETS', oleType: 'CParameterSet' }],
	['TableDefinition', { kind: 'DSTABLEDEFS', oleType: 'CMetaTable' }],
	['TableDef', { kind: 'DSTABLEDEFS', oleType: 'CMetaTable' }],
	['Routine', { kind: 'DSROUTINES', oleType: 'CRoutine' }],
	['DataConnection', { kind: 'DSDATACONNECTIONS', oleType: 'CDataConnection' }],
	['StageType', { kind: 'DSSTAGETYPES', oleType: 'CStageType' }],
])

/** Undefined for objects that no job needs: canvases, executables, data elements. */
export function memberSection(root: XmlElement): DsxSection | undefined {
	const name = /:DS(\w+?)SDO$/.exec(root.name)?.[1] ?? ''
	if (name === 'JobDef') return jobSection(root, 'DSJOB')
	if (/Container/.test(name)) return jobSection(root, 'DSSHAREDCONTAINER')
	const known = sections.get(name)
	if (known === undefined) return undefined
	const values = { ...valuesOf(root), Identifier: attributeOf(root, 'name'), OLEType: known.oleType }
	const record = recordFrom(values, { Parameters: parameterItems(root), Columns: columnsOf(root) }, root.lines)
	return { kind: known.kind, values: new Map(), records: [record], lines: root.lines }
}

/** Columns of a table definition, whatever their element is called: they have a name and a type. */
function columnsOf(root: XmlElement): readonly DsxItem[] {
	return root.children
		.filter((child) => child.attributes.has('oDBCType') && child.name !== 'has_ParameterDef')
		.map((child) =>
			itemFrom(
				{
					Name: attributeOf(child, 'name'),
					SqlType: odbcCode(child.attributes.get('oDBCType') ?? ''),
					Precision: attributeOf(child, 'maximumLength'),
					Scale: attributeOf(child, 'fractionDigits'),
					Nullable: attributeOf(child, 'isNullable'),
					KeyPosition: attributeOf(child, 'isKey'),
				},
				child.lines,
			),
		)
}
