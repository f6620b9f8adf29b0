/** Foreach Loop container (Microsoft: Foreach Loop Container; the form of each enumerator as the designer stores it). */
import type { Task } from '#model/control-flow.ts'
import type { SourcedExpression } from '#model/expressions.ts'
import type { LoopBinding, LoopOver } from '#model/loops.ts'
import type { Value } from '#model/values.ts'
import type { XmlElement } from '../../xml/element.ts'
import { childOf, childrenOf, listOf, walk } from '../../xml/element.ts'
import type { Refusal } from '../flow/parts.ts'
import { refuse } from '../flow/parts.ts'
import { readExpressions } from '../formats/connection-reader.ts'
import { property, whole } from '../formats/properties.ts'
import { storedValue } from '../names-and-values.ts'
import type { NamedValue } from '../package-scope.ts'
import { holdsDocument, lowerNodeLoop, writtenNodes } from './foreach-nodes.ts'
import { lowerObjectLoop } from './foreach-objects.ts'
import { remoteFiles } from './foreach-remote-files.ts'
import type { TaskProperties } from './properties.ts'
import { propertiesOf } from './properties.ts'
import type { TaskContext } from './task-context.ts'
import { declareAt, taskBase } from './task-context.ts'

export function lowerForeachLoop(context: TaskContext): Task | Refusal {
	const { executable, scope } = context
	const enumerator = childOf(executable.element, 'DTS:ForEachEnumerator')
	if (enumerator === undefined) return refuse('it has no enumerator')
	const bound = bindings(context)
	if ('reason' in bound) return bound
	const properties = propertiesOf(readExpressions(enumerator), `${executable.refId}.ForEachEnumerator`, scope)
	const data = childOf(enumerator, 'DTS:ObjectData')
	if (data !== undefined && enumeratorName(enumerator) === 'ForEachSMOEnumerator') {
		return properties.refusal() ?? lowerObjectLoop(data, plain(bound.list), context)
	}
	if (data !== undefined && enumeratorName(enumerator) === 'ForEachNodeListEnumerator' && !holdsDocument(data))
		return properties.refusal() ?? lowerNodeLoop(data, bound.list, context)
	const over = lowerEnumerator(enumerator, bound.list, properties, context)
	const refusal = 'reason' in over ? over : properties.refusal()
	if (refusal !== undefined || 'reason' in over) return refusal ?? refuse('its enumerator was not understood')
	return { ...taskBase(context), kind: 'loop', over, body: context.inside() }
}

interface Bound {
	readonly index: number
	readonly variable: NamedValue
}

function bindings({ executable, scope }: TaskContext): { readonly list: readonly Bound[] } | Refusal {
	const list: Bound[] = []
	for (const mapping of listOf(executable.element, 'DTS:ForEachVariableMappings', 'DTS:ForEachVariableMapping')) {
		const name = property(mapping, 'VariableName') ?? ''
		const variable = scope.value(name) ?? scope.valueById(name)
		if (variable?.kind !== 'variable') return refuse(`no variable has the name ${JSON.stringify(name)}`)
		list.push({ index: whole(property(mapping, 'ValueIndex'), 0), variable })
	}
	return { list }
}

const plain = (bound: readonly Bound[]): readonly LoopBinding[] =>
	bound.map(({ index, variable }) => ({ index, variable: variable.name }))

const enumerators = {
	ForEachFileEnumerator: files,
	ForEachItemEnumerator: items,
	ForEachADOEnumerator: rows,
	ForEachFromVarEnumerator: fromVariable,
	ForEachNodeListEnumerator: writtenNodes,
} as const

const others: Readonly<Record<string, string>> = {
	ForEachSchemaRowsetEnumerator:
		'it goes over the objects in the schema of a database, and no document shows how a package stores which: ask INFORMATION_SCHEMA in an Execute SQL task, and go over its rows',
}

type Lowered = LoopOver | Refusal

function lowerEnumerator(
	enumerator: XmlElement,
	bound: readonly Bound[],
	properties: TaskProperties,
	context: TaskContext,
): Lowered {
	const name = enumeratorName(enumerator)
	const data = childOf(enumerator, 'DTS:ObjectData')
	if (Object.hasOwn(enumerators, name) && data !== undefined) {
		return enumerators[name as keyof typeof enumerators](data, bound, properties, context)
	}
	const remote = data === undefined ? undefined : remoteFiles(name, data, plain(bound), properties, context)
	return remote ?? refuse(others[name] ?? `nothing is known of its enumerator ${name}`)
}

/** `DTS.ForEachFileEnumerator.2`, `Microsoft.ForEachFileEnumerator`, `Microsoft…ADO.ForEachADOEnumerator, Microsoft…` */
function enumeratorName(enumerator: XmlElement): string {
	const written = property(enumerator, 'CreationName') ?? ''
	return /\bForEach\w*Enumerator\b/.exec(written.split(',')[0] ?? '')?.[0] ?? written
}

const retrieved = ['path', 'name-and-extension', 'name'] as const

function files(data: XmlElement, bound: readonly Bound[], properties: TaskProperties, context: TaskContext): Lowered {
	const stored = new Map<string, string>()
	walk(data, ({ name, attributes }) => {
		if (name === 'FEFEProperty') for (const [key, value] of attributes) stored.set(key, value)
	})
	const text = (computed: string, key: string): SourcedExpression => properties.text(computed, stored.get(key) ?? '')
	const retrieve = retrieved[whole(stored.get('FileNameRetrievalType'), 0)]
	if (retrieve === undefined) return refuse('it takes an unknown part of the file names')
	const pattern = text('FileSpec', 'FileSpec')
	if (/\*\.[^.*?]{3}$/.test(pattern.text)) {
		declareAt(context, 'RG-D050', `${pattern.text} takes files with exactly this ending.`)
	}
	if (retrieve === 'path')
		declareAt(context, 'RG-D057', `${bound.map(({ variable }) => variable.name).join(', ')} holds it.`)
	return {
		kind: 'files',
		folder: text('Directory', 'Folder'),
		pattern,
		recurse: /^(?:-1|1|true)$/i.test(stored.get('Recurse')?.trim() ?? ''),
		retrieve,
		bindings: plain(bound),
	}
}

/** An item's columns are numbered from 0; each value is of the type of the variable that takes it. */
function items(data: XmlElement, bound: readonly Bound[]): Lowered {
	const found: XmlElement[] = []
	walk(data, (element) => {
		if (element.name === 'FEIEItem') found.push(element)
	})
	const rows: (readonly Value[])[] = []
	for (const item of found) {
		const values = childrenOf(item, 'FEIEItemValue').map((one, index): Value | undefined => {
			const text = one.attributes.get('Value') ?? one.text
			const taker = bound.find((binding) => binding.index === index)
			return taker === undefined ? text : storedValue(text, taker.variable.type)
		})
		const whole = values.filter((value) => value !== undefined)
		if (whole.length < values.length) return refuse('a value of its items does not fit its variable')
		rows.push(whole)
	}
	return { kind: 'items', rows, bindings: plain(bound) }
}

function rows(data: XmlElement, bound: readonly Bound[], _properties: TaskProperties, context: TaskContext): Lowered {
	const ado = childOf(data, 'FEEADO')
	const type = ado?.attributes.get('EnumType') ?? 'EnumerateRowsInFirstTable'
	if (type === 'EnumerateTables' || type === '0') return refuse('it goes over the tables of a data set')
	const variable = context.scope.value(ado?.attributes.get('VarName') ?? '')
	if (variable?.kind !== 'variable') return refuse('the variable that holds its rows is not there')
	return { kind: 'rows', variable: variable.name, bindings: plain(bound) }
}

/** What a variable of type Object holds: a list that a script made. Each item has one value. */
function fromVariable(
	data: XmlElement,
	bound: readonly Bound[],
	_properties: TaskProperties,
	{ scope }: TaskContext,
): Lowered {
	const variable = scope.value(childOf(data, 'FEEFVE')?.attributes.get('VariableName') ?? '')
	if (variable?.kind !== 'variable') return refuse('the variable that holds its list is not there')
	if (variable.isObject !== true) return refuse(`it goes over the characters of ${variable.name}`)
	return { kind: 'rows', variable: variable.name, bindings: plain(bound) }
}
