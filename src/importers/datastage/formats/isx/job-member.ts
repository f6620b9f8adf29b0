/**
 * A job or shared container of an ISX archive → one section. Stages and links are objects of their own there; a link becomes
 * what it is in DSX, the pair of pins that it joins.
 */
import type { XmlElement } from '../../../xml/element.ts'
import { childrenOf } from '../../../xml/element.ts'
import { itemFrom, recordFrom } from '../build.ts'
import type { DsxItem, DsxRecord, DsxSection } from '../dsx/records.ts'
import { unread } from '../dsx/records.ts'
import { attributeOf, valuesOf } from './attributes.ts'
import { columnsOf } from './columns.ts'
import { parameterItems } from './parameters.ts'

export function jobSection(root: XmlElement, kind: 'DSJOB' | 'DSSHAREDCONTAINER'): DsxSection {
	const objects = childrenOf(root, 'contains_JobObject')
	const stages = objects.filter((element) => typeOf(element).endsWith('DSStageSDO'))
	const links = objects.filter((element) => typeOf(element).endsWith('DSLinkSDO'))
	const byPin = new Map<string, XmlElement>()
	for (const link of links) {
		for (const end of ['from_OutputPin', 'to_InputPin']) byPin.set(link.attributes.get(end) ?? '', link)
	}
	const name = attributeOf(root, 'name')
	const records = [
		rootRecord(root, kind),
		...viewRecords(root),
		...stages.flatMap((stage) => stageRecords(stage, byPin)),
	]
	return { kind, values: new Map([['Identifier', name]]), records, lines: root.lines }
}

const typeOf = (element: XmlElement): string => element.attributes.get('xsi:type') ?? ''

function rootRecord(root: XmlElement, kind: DsxSection['kind']): DsxRecord {
	const { Version: JobVersion, DSNameSpace: _space, ...values } = valuesOf(root)
	for (const key of unread) delete values[key]
	return recordFrom(
		{ ...values, Identifier: 'ROOT', OLEType: kind === 'DSJOB' ? 'CJobDefn' : 'CContainerDefn', JobVersion },
		{
			Parameters: parameterItems(root),
			MetaBag: metaItems(root),
			Dependencies: childrenOf(root, 'has_DSExternalDependency').map((element) =>
				itemFrom(valuesOf(element), element.lines),
			),
		},
		root.lines,
	)
}

/** Canvases: V0 is the job, the others are local containers. */
function viewRecords(root: XmlElement): readonly DsxRecord[] {
	return childrenOf(root, 'has_DSDesignView').map((view) => {
		const { LazyLoadInfo: _layout, ...values } = valuesOf(view)
		const stages = childrenOf(view, 'has_DSDesignViewStageSDO').map((stage) => attributeOf(stage, 'stageID'))
		return recordFrom({ ...values, OLEType: 'CContainerView', StageList: stages.join('|') }, {}, view.lines)
	})
}

function stageRecords(stage: XmlElement, byPin: ReadonlyMap<string, XmlElement>): readonly DsxRecord[] {
	const { StageTypeClassName: className = '', StageType: type, ...values } = valuesOf(stage)
	const custom = className === 'CustomStage'
	const settings = settingsOf(childrenOf(stage, 'has_ParameterVal'))
	const own = recordFrom(
		{
			...values,
			...(custom ? {} : settings.values),
			NotUnderstood: strangeParts(stage, settings.values),
			OLEType: `C${className}`,
			StageType: type ?? `C${className}`,
		},
		{
			Properties: custom ? settings.items : [],
			[className === 'JSUserVarsActivity' ? 'Variables' : 'ParameterValues']: settings.arguments,
			MetaBag: metaItems(stage),
			StageVars: variablesOf(stage),
		},
		stage.lines,
	)
	const pins = ['has_InputPin', 'has_OutputPin'].flatMap((kind) =>
		childrenOf(stage, kind).map((pin) => pinRecord(pin, byPin.get(pin.attributes.get('xmi:id') ?? ''))),
	)
	return [own, ...pins]
}

const stageParts: ReadonlySet<string> = new Set([
	'has_ParameterVal',
	'has_InputPin',
	'has_OutputPin',
	'has_DSMetaBag',
	'of_DSMetaBag',
	'contains_FlowVariable',
])

/**
 * What a stage holds beyond the parts that public exports show, and a loop, whose variables none of them tells from the
 * stage's own.
 */
function strangeParts(stage: XmlElement, settings: Readonly<Record<string, string>>): string | undefined {
	const strange = stage.children.find(({ name }) => !stageParts.has(name))
	if (strange !== undefined) return `its export holds ${strange.name}, which is not known`
	const loop = Object.entries(settings).find(
		([name, value]) => /^Loop(?:Condition|While)$/.test(name) && value.trim() !== '',
	)
	return loop === undefined ? undefined : `it loops over rows (${loop[0]}), which is not read from ISX archives`
}

function pinRecord(pin: XmlElement, link: XmlElement | undefined): DsxRecord {
	const { PinType: type = '', IsSourceOf_Link: _source, IsTargetOf_Link: _target, ...values } = valuesOf(pin)
	const side = pin.name === 'has_OutputPin' ? 'Out' : 'In'
	const written = link === undefined ? [] : childrenOf(link, 'has_ParameterVal')
	const settings = settingsOf(written.filter((item) => (item.attributes.get('usage') ?? side) === side))
	const custom = type.startsWith('Custom')
	const { LinkMinimised, ...keys } = settings.values
	return recordFrom(
		{
			...values,
			...(custom ? { LinkMinimised } : keys),
			OLEType: `C${type}`,
			Name: link && attributeOf(link, 'name'),
			...(side === 'Out' && link !== undefined ? constraintOf(link) : {}),
			...(side === 'In' ? conditionOf(pin) : {}),
		},
		{
			Properties: custom ? settings.items.filter(({ values: item }) => item.get('Name') !== 'LinkMinimised') : [],
			MetaBag: metaItems(pin),
			Columns: side === 'Out' && link !== undefined ? columnsOf(link) : [],
		},
		pin.lines,
	)
}

interface Settings {
	/** Of stages with a class of their own, whose settings are keys of the record. */
	readonly values: Readonly<Record<string, string>>
	/** Of custom stages, whose settings are properties. */
	readonly items: readonly DsxItem[]
	/** Values that a sequence hands to parameters: these have a type of value. */
	readonly arguments: readonly DsxItem[]
}

function settingsOf(elements: readonly XmlElement[]): Settings {
	const items: DsxItem[] = []
	const handed: DsxItem[] = []
	for (const element of elements) {
		// A blank at the end of a name, `file `, is written as ` +`: a reader of XML may cut blanks.
		const name = attributeOf(element, 'parameterName').replace(/ \+$/, ' ')
		const value = attributeOf(element, 'valueExpression')
		if (element.attributes.has('valueType')) {
			const item = { Name: name, Description: value, ValueType: attributeOf(element, 'valueType') }
			handed.push(itemFrom({ ...item, DisplayValue: attributeOf(element, 'displayValue') || undefined }, element.lines))
			continue
		}
		items.push(itemFrom({ Name: name, Value: value }, element.lines))
	}
	const pairs = items.map((item) => [item.values.get('Name') ?? '', item.values.get('Value') ?? ''] as const)
	return { values: Object.fromEntries(pairs), items, arguments: handed }
}

function metaItems(element: XmlElement): readonly DsxItem[] {
	return [...childrenOf(element, 'has_DSMetaBag'), ...childrenOf(element, 'of_DSMetaBag')].flatMap((bag) =>
		childrenOf(bag, 'has_DSMetaData').map((data) =>
			itemFrom(
				{ Owner: attributeOf(data, 'owner'), Name: attributeOf(data, 'name'), Value: attributeOf(data, 'value') },
				data.lines,
			),
		),
	)
}

function variablesOf(stage: XmlElement): readonly DsxItem[] {
	return childrenOf(stage, 'contains_FlowVariable').map((variable) => {
		const [column] = columnsOf({ ...stage, attributes: new Map(), children: [variable] })
		const value = (key: string): string | undefined => column?.values.get(key)
		return itemFrom(
			{
				Name: value('Name'),
				Expression: value('Derivation'),
				InitialValue: attributeOf(variable, 'initialValue') || undefined,
				SqlType: value('SqlType'),
				Precision: value('Precision'),
				ColScale: value('Scale'),
				ExtendedPrecision: value('ExtendedPrecision'),
			},
			variable.lines,
		)
	})
}

function constraintOf(link: XmlElement): { readonly Constraint?: string; readonly ParsedConstraint?: string } {
	const [constraint] = childrenOf(link, 'has_FilterConstraint')
	if (constraint === undefined) return {}
	return {
		Constraint: attributeOf(constraint, 'filterExpression'),
		ParsedConstraint: attributeOf(constraint, 'parsedFilterExpression') || attributeOf(constraint, 'parsedExpression'),
	}
}

/** Condition of a lookup, on the pin of its reference link. */
function conditionOf(pin: XmlElement): { readonly Condition?: string } {
	const [constraint] = childrenOf(pin, 'has_FilterConstraint')
	return constraint === undefined ? {} : { Condition: attributeOf(constraint, 'filterExpression') }
}
