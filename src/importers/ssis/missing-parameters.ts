/**
 * Project parameters that a package names but that no given `.params` file holds: by name (`$Project::Year`), or by GUID, as
 * parameter maps of sources name them. Each becomes a required argument of the job, as text: its value was never in the package.
 */
import type { Diagnostic } from '#model/diagnostics.ts'
import { diagnose } from '#model/diagnostics.ts'
import type { LineRange } from '#model/provenance.ts'
import { walk } from '../xml/element.ts'
import { property } from './formats/properties.ts'
import type { ExecutableRecord, ParameterRecord } from './formats/records.ts'

export interface MissingParameters {
	readonly parameters: readonly ParameterRecord[]
	readonly diagnostics: readonly Diagnostic[]
}

/** `DTS:DataType` of a text. */
const TEXT = 8

export function findMissingParameters(
	file: string,
	root: ExecutableRecord,
	known: readonly ParameterRecord[],
): MissingParameters {
	const names = new Set(known.map((one) => one.name))
	const ids = new Set([...known.map((one) => one.id), ...variableIds(root)])
	const found: ParameterRecord[] = []
	const miss = (name: string, id: string, lines: LineRange): void => {
		names.add(name)
		ids.add(id)
		const text = { dataType: TEXT, value: '', required: true, sensitive: false, description: '' }
		found.push({ id, name, ...text, file, lines })
	}
	walk(root.element, ({ name, attributes, text, lines }) => {
		for (const value of [text, ...attributes.values()]) {
			for (const [parameter] of value.matchAll(/\$Project::[\p{L}_][\p{L}\p{N}_]*/gu)) {
				if (!names.has(parameter)) miss(parameter, '', lines)
			}
		}
		if (name !== 'property' || attributes.get('name') !== 'ParameterMapping') return
		for (const [, written = ''] of text.matchAll(/,\s*(\{[0-9A-Fa-f-]+\})/g)) {
			const id = written.toUpperCase()
			if (!ids.has(id)) miss(`$Project::Parameter_${id.slice(1, 9)}`, id, lines)
		}
	})
	return { parameters: found, diagnostics: found.map((one) => report(one)) }
}

function report({ file, name, id, lines }: ParameterRecord): Diagnostic {
	const what = id === '' ? `The project parameter ${name} is not there.` : `No variable or parameter has the id ${id}.`
	return diagnose(
		'package/dangling-reference',
		{ file, path: name, lines },
		{
			what,
			why: `Neither the package nor a .params file beside it holds it, so that ${name} is a required argument of the job.`,
			remedy: 'Commit the Project.params file of the project, or give the argument a value.',
		},
	)
}

function variableIds(root: ExecutableRecord): readonly string[] {
	const ids: string[] = []
	walk(root.element, (element) => {
		if (element.name === 'DTS:Variable') ids.push((property(element, 'DTSID') ?? '').toUpperCase())
	})
	return ids
}
