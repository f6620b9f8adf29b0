/** Reads package configurations (2005 to 2008, and later packages that are deployed alone) and `.dtsConfig` files. */
import type { XmlElement } from '../../xml/element.ts'
import { childOf, childrenOf, listOf } from '../../xml/element.ts'
import { property, whole } from './properties.ts'
import type { ConfigurationRecord, ConfiguredValueRecord } from './records.ts'

/** Numbers of `DTSConfigurationType`; the first is the default and therefore not written. */
const kinds = [
	'parent-variable',
	'file',
	'environment',
	'registry',
	'indirect-parent-variable',
	'indirect-file',
	'indirect-registry',
	'sql-server',
	'indirect-sql-server',
] as const satisfies readonly ConfigurationRecord['kind'][]

export function readConfigurations(root: XmlElement): readonly ConfigurationRecord[] {
	return listOf(root, 'DTS:Configurations', 'DTS:Configuration').map((element) => ({
		name: property(element, 'ObjectName') ?? '',
		kind: kinds[whole(property(element, 'ConfigurationType'), 0)] ?? 'registry',
		source: property(element, 'ConfigurationString') ?? '',
		target: property(element, 'ConfigurationVariable') ?? '',
		lines: element.lines,
	}))
}

/** `<Configuration ConfiguredType="Property" Path="\Package.Variables[User::X].Properties[Value]"><ConfiguredValue>…` */
export function readConfiguredValues(root: XmlElement): readonly ConfiguredValueRecord[] {
	return childrenOf(root, 'Configuration').map((element) => ({
		path: element.attributes.get('Path') ?? '',
		value: childOf(element, 'ConfiguredValue')?.text ?? '',
		lines: element.lines,
	}))
}
