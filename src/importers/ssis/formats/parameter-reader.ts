/** Reads package parameters (`DTS:PackageParameter`) and project parameters (`Project.params`). */
import type { XmlElement } from '../../xml/element.ts'
import { childOf, childrenOf, listOf } from '../../xml/element.ts'
import { flag, isTrue, property, whole } from './properties.ts'
import type { ParameterRecord } from './records.ts'
import { namesSecret } from './secrets.ts'

export function readPackageParameters(root: XmlElement, file: string): readonly ParameterRecord[] {
	return listOf(root, 'DTS:PackageParameters', 'DTS:PackageParameter').map((element) => ({
		id: (property(element, 'DTSID') ?? '').toUpperCase(),
		name: `$Package::${property(element, 'ObjectName') ?? ''}`,
		dataType: whole(property(element, 'DataType'), 8),
		value: property(element, 'ParameterValue') ?? '',
		required: flag(element, 'Required'),
		sensitive: flag(element, 'Sensitive') || namesSecret(property(element, 'ObjectName') ?? ''),
		description: property(element, 'Description') ?? '',
		file,
		lines: element.lines,
	}))
}

/** Types of project parameters are codes of .NET (`System.TypeCode`), not of SSIS. */
const typeCodes: ReadonlyMap<number, number> = new Map([
	[3, 11],
	[5, 16],
	[6, 17],
	[7, 2],
	[9, 3],
	[10, 19],
	[11, 20],
	[12, 21],
	[13, 4],
	[14, 5],
	[15, 14],
	[16, 7],
	[18, 8],
])

export function readProjectParameters(root: XmlElement, file: string): readonly ParameterRecord[] {
	return childrenOf(root, 'SSIS:Parameter').map((element) => {
		const properties = childrenOf(childOf(element, 'SSIS:Properties') ?? element, 'SSIS:Property')
		const text = (name: string): string =>
			properties.find((one) => one.attributes.get('SSIS:Name') === name)?.text ?? ''
		return {
			id: text('ID').toUpperCase(),
			name: `$Project::${element.attributes.get('SSIS:Name') ?? ''}`,
			dataType: typeCodes.get(whole(text('DataType'), 18)) ?? 8,
			value: text('Value'),
			required: isTrue(text('Required')),
			sensitive: isTrue(text('Sensitive')) || namesSecret(element.attributes.get('SSIS:Name') ?? ''),
			description: text('Description'),
			file,
			lines: element.lines,
		}
	})
}
