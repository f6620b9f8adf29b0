/**
 * Configurations of a project file (`.dtproj`): values of parameters for the environments in which the project is tried, under
 * the name of the parameter or as `Project::Name`.
 */
import type { XmlElement } from '../../xml/element.ts'
import { childOf, childrenOf, listOf } from '../../xml/element.ts'
import type { ParameterRecord } from './records.ts'

export interface ProjectConfiguration {
	readonly name: string
	/** Texts by the names of the parameters. */
	readonly values: ReadonlyMap<string, string>
}

export function readProjectConfigurations(root: XmlElement): readonly ProjectConfiguration[] {
	return listOf(root, 'Configurations', 'Configuration').map((one) => {
		const settings = childrenOf(
			childOf(childOf(one, 'Options'), 'ParameterConfigurationValues') ?? one,
			'ConfigurationSetting',
		)
		return {
			name: childOf(one, 'Name')?.text.trim() ?? '',
			values: new Map(
				settings.map((setting) => [
					(childOf(setting, 'Name')?.text ?? '').trim().replace(/^Project::/, ''),
					childOf(setting, 'Value')?.text ?? '',
				]),
			),
		}
	})
}

/** Project parameters with what each configuration that names them sets them to. */
export function withConfigurations(
	parameters: readonly ParameterRecord[],
	configurations: readonly ProjectConfiguration[],
): readonly ParameterRecord[] {
	return parameters.map((parameter) => {
		const name = parameter.name.replace(/^\$Project::/, '')
		const environments = configurations.flatMap((one) => {
			const value = one.values.get(name)
			return value === undefined || one.name === '' ? [] : [{ name: one.name, value }]
		})
		return environments.length === 0 ? parameter : { ...parameter, environments }
	})
}
