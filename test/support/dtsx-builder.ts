/** Writes small SSIS packages for tests, in the old form (formats 2, 3: property elements) and the new (6, 8: attributes). */

type Texts = Readonly<Record<string, string | number>>

export interface ColumnSpec {
	readonly id: string
	readonly name?: string
	/** Input columns: the lineage they read. Output columns: their own id. */
	readonly lineage?: string
	readonly attributes?: Texts
	readonly properties?: Texts
}

export interface PortSpec {
	readonly id: string
	readonly name?: string
	readonly attributes?: Texts
	readonly columns?: readonly ColumnSpec[]
	readonly external?: readonly ColumnSpec[]
	readonly properties?: Texts
}

export interface ComponentSpec {
	readonly name: string
	readonly type: string
	readonly contact?: string
	readonly properties?: Texts
	/** Properties that are lists: `SourceCode` of a script. */
	readonly arrays?: Readonly<Record<string, readonly string[]>>
	/** Ids of connection managers. */
	readonly connections?: readonly string[]
	readonly inputs?: readonly PortSpec[]
	readonly outputs?: readonly PortSpec[]
}

export interface FlatFileSpec {
	readonly name: string
	readonly path: string
	readonly columns: readonly string[]
	readonly delimiter?: string
	readonly properties?: Texts
}

const escapeText = (value: string | number): string =>
	String(value).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
const attributesOf = (texts: Texts = {}): string =>
	Object.entries(texts)
		.map(([name, value]) => ` ${name}="${escapeText(value)}"`)
		.join('')
const propertiesOf = (texts: Texts = {}, arrays: ComponentSpec['arrays'] = {}): string =>
	`<properties>${Object.entries(texts)
		.map(([name, value]) => `<property name="${escapeText(name)}">${escapeText(value)}</property>`)
		.join('')}${Object.entries(arrays)
		.map(
			([name, items]) =>
				`<property name="${escapeText(name)}" isArray="true"><arrayElements>${items.map((item) => `<arrayElement>${escapeText(item)}</arrayElement>`).join('')}</arrayElements></property>`,
		)
		.join('')}</properties>`

/** A package writer for one format version. */
export function dtsx(format: 2 | 3 | 6 | 8) {
	const modern = format >= 6
	const idName = modern ? 'refId' : 'id'

	/** A `DTS:` element whose properties are attributes or children, as the format has them. */
	function element(tag: string, properties: Texts, inside = '', own: Texts = {}): string {
		if (modern) {
			const prefixed = Object.fromEntries(Object.entries(properties).map(([name, value]) => [`DTS:${name}`, value]))
			return `<DTS:${tag}${attributesOf({ ...prefixed, ...own })}>${inside}</DTS:${tag}>`
		}
		const children = Object.entries(properties).map(
			([name, value]) => `<DTS:Property DTS:Name="${name}">${escapeText(value)}</DTS:Property>`,
		)
		return `<DTS:${tag}${attributesOf(own)}>${children.join('')}${inside}</DTS:${tag}>`
	}

	const wrapped = (tag: string, items: readonly string[]): string =>
		modern ? `<DTS:${tag}>${items.join('\n')}</DTS:${tag}>` : items.join('\n')

	function port(tag: 'input' | 'output', spec: PortSpec): string {
		const columns = (spec.columns ?? []).map(({ id, name = '', lineage = id, attributes, properties }) => {
			const named = tag === 'input' ? { cachedName: name } : { name }
			const all = { [idName]: id, lineageId: lineage, ...named, ...attributes }
			return `<${tag}Column${attributesOf(all)}>${propertiesOf(properties)}</${tag}Column>`
		})
		const external = (spec.external ?? []).map(
			({ id, name = '', attributes, properties }) =>
				`<externalMetadataColumn${attributesOf({ [idName]: id, name, ...attributes })}>${propertiesOf(properties)}</externalMetadataColumn>`,
		)
		const all = { [idName]: spec.id, name: spec.name ?? spec.id, ...spec.attributes }
		return `<${tag}${attributesOf(all)}>${propertiesOf(spec.properties)}<${tag}Columns>${columns.join('\n')}</${tag}Columns><externalMetadataColumns>${external.join('')}</externalMetadataColumns></${tag}>`
	}

	return {
		element,

		component(spec: ComponentSpec): string {
			const own = modern ? { refId: `Package\\Flow\\${spec.name}` } : { id: `c-${spec.name}` }
			const connections = (spec.connections ?? []).map(
				(id, index) => `<connection name="Connection${index}" connectionManagerID="${escapeText(id)}"/>`,
			)
			const inputs = (spec.inputs ?? []).map((one) => port('input', one)).join('\n')
			const outputs = (spec.outputs ?? []).map((one) => port('output', one)).join('\n')
			const attributes = { ...own, name: spec.name, componentClassID: spec.type, contactInfo: spec.contact ?? '' }
			return `<component${attributesOf(attributes)}>${propertiesOf(spec.properties, spec.arrays)}<connections>${connections.join('')}</connections><inputs>${inputs}</inputs><outputs>${outputs}</outputs></component>`
		},

		/** @param paths pairs of output and input id */
		pipeline(components: readonly string[], paths: readonly (readonly [string, string])[] = []): string {
			const lines = paths.map(
				([from, to]) => `<path${attributesOf({ [idName]: `${from}>${to}`, name: from, startId: from, endId: to })}/>`,
			)
			return `<pipeline><components>\n${components.join('\n')}\n</components><paths>${lines.join('\n')}</paths></pipeline>`
		},

		/** `data` stands in its ObjectData; `inside` beside it. */
		executable(name: string, type: string, data = '', inside = '', properties: Texts = {}): string {
			const id = `{${name.toUpperCase()}}`
			const all = { ObjectName: name, DTSID: id, ExecutableType: type, ...properties }
			return element('Executable', all, `<DTS:ObjectData>${data}</DTS:ObjectData>${inside}`)
		},

		executables: (...items: readonly string[]): string => wrapped('Executables', items),

		constraint(from: string, to: string, properties: Texts = {}): string {
			const ends = `<DTS:Executable IDREF="{${from.toUpperCase()}}" DTS:IsFrom="-1"/><DTS:Executable IDREF="{${to.toUpperCase()}}" DTS:IsFrom="0"/>`
			return modern
				? element('PrecedenceConstraint', { ...properties, From: `Package\\${from}`, To: `Package\\${to}` })
				: element('PrecedenceConstraint', properties, ends)
		},

		constraints: (...items: readonly string[]): string => wrapped('PrecedenceConstraints', items),

		variable(name: string, dataType: number, value: string, properties: Texts = {}): string {
			const inside = `<DTS:VariableValue DTS:DataType="${dataType}">${escapeText(value)}</DTS:VariableValue>`
			return wrapped('Variables', [
				element(
					'Variable',
					{ Namespace: 'User', ObjectName: name, DTSID: `{${name.toUpperCase()}}`, ...properties },
					inside,
				),
			])
		},

		connection(name: string, type: string, connectionString: string, inside = '', inner = ''): string {
			const data = `<DTS:ObjectData>${element('ConnectionManager', { ConnectionString: connectionString }, inner)}</DTS:ObjectData>`
			const properties = { ObjectName: name, DTSID: `{${name.toUpperCase()}}`, CreationName: type }
			return wrapped('ConnectionManagers', [element('ConnectionManager', properties, inside + data)])
		},

		flatFile({ name, path, columns, delimiter = '_x002C_', properties }: FlatFileSpec): string {
			const items = columns.map((column, index) =>
				element('FlatFileColumn', {
					ColumnType: 'Delimited',
					ColumnDelimiter: index === columns.length - 1 ? '_x000D__x000A_' : delimiter,
					TextQualified: 'True',
					DataType: 129,
					ObjectName: column,
				}),
			)
			const settings = {
				Format: 'Delimited',
				CodePage: 1252,
				ColumnNamesInFirstDataRow: 'True',
				TextQualifier: '_x003C_none_x003E_',
				...properties,
				ConnectionString: path,
			}
			const data = `<DTS:ObjectData>${element('ConnectionManager', settings, wrapped('FlatFileColumns', items))}</DTS:ObjectData>`
			return wrapped('ConnectionManagers', [
				element(
					'ConnectionManager',
					{ ObjectName: name, DTSID: `{${name.toUpperCase()}}`, CreationName: 'FLATFILE' },
					data,
				),
			])
		},

		package(name: string, ...parts: readonly string[]): Uint8Array {
			const version = `<DTS:Property DTS:Name="PackageFormatVersion">${format}</DTS:Property>`
			const whole = element(
				'Executable',
				{ ObjectName: name, ExecutableType: 'Microsoft.Package' },
				version + parts.join('\n'),
				{
					'xmlns:DTS': 'www.microsoft.com/SqlServer/Dts',
					...(modern ? { 'DTS:refId': 'Package' } : {}),
				},
			)
			return new TextEncoder().encode(`<?xml version="1.0"?>\n${whole}`)
		},
	}
}
