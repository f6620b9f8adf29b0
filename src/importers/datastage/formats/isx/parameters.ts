/** Parameters of jobs and parameter sets in ISX archives. */
import type { XmlElement } from '../../../xml/element.ts'
import { childrenOf } from '../../../xml/element.ts'
import { itemFrom } from '../build.ts'
import type { DsxItem } from '../dsx/records.ts'
import { attributeOf } from './attributes.ts'

/** `extendedType`, or else `typeCode` → `ParamType` of DSX. */
const types: ReadonlyMap<string, string> = new Map([
	['Encrypted', '1'],
	['Pathname', '4'],
	['Stringlist', '5'],
	['Parameterset', '13'],
	['Int64', '2'],
	['Int32', '2'],
	['Int16', '2'],
	['Float', '3'],
	['Sfloat', '3'],
	['Dfloat', '3'],
	['Date', '6'],
	['Time', '7'],
])

export function parameterItems(owner: XmlElement): readonly DsxItem[] {
	return childrenOf(owner, 'has_ParameterDef').map((element) => {
		const type = types.get(attributeOf(element, 'extendedType')) ?? types.get(attributeOf(element, 'typeCode')) ?? '0'
		return itemFrom(
			{
				Name: attributeOf(element, 'name'),
				Prompt: attributeOf(element, 'displayCaption'),
				Default: attributeOf(element, 'defaultValue'),
				HelpTxt: attributeOf(element, 'longDescription') || attributeOf(element, 'shortDescription') || undefined,
				ListValues: attributeOf(element, 'validList') || undefined,
				ParamType: type,
			},
			element.lines,
		)
	})
}
