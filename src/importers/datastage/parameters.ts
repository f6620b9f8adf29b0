/** Job parameters, environment variables and parameter sets. */
import type { Parameter } from '#model/job.ts'
import type { Provenance } from '#model/provenance.ts'
import type { DataType } from '#model/types.ts'
import { float, int, text } from '#model/types.ts'
import type { Value } from '#model/values.ts'
import { textOf } from './columns.ts'
import { subvalueMark, valueMark } from './formats/dsx/escapes.ts'
import type { DsxItem, DsxRecord } from './formats/dsx/records.ts'

/** A parameter set of the export: its members and, by name, the values of its value files. */
export interface ParameterSet {
	readonly name: string
	readonly members: readonly DsxItem[]
	readonly valueFiles: ReadonlyMap<string, ReadonlyMap<string, string>>
}

export interface ParameterTable {
	readonly all: readonly Parameter[]
	/** By full name (`P`, `Set.P`, `$ENV`); without regard to letter case when no other fits. */
	find(name: string): Parameter | undefined
	/**
	 * A member of a set that the export does not hold, or an environment variable that the job does not list:
	 * it exists all the same, and is added without a default. Undefined when the name is neither.
	 */
	findOrAdd(name: string): Parameter | undefined
	/** Adds a parameter that no list of the export has. */
	add(parameter: Parameter): void
	/** A stage uses it as a password: whatever it is called, its default is never shown. */
	hide(name: string): void
}

/** Codes of `ParamType`; 3, 6 and 7 are inferred, none occurs in public exports. A date parameter reaches the job as text. */
const encryptedType = '1'
const setType = '13'
const types: Readonly<Record<string, DataType>> = { '2': int(32), '3': float(64) }

/** Defaults that stand for the value of the environment or project at run time. */
const outsideDefaults: ReadonlySet<string> = new Set(['$PROJDEF', '$ENV', '$UNSET'])

export function readParameterSet(record: DsxRecord): ParameterSet {
	const files = new Map<string, ReadonlyMap<string, string>>()
	for (const file of textOf(record.values, 'ParamValues').split(valueMark)) {
		const [name = '', ...pairs] = file.split(subvalueMark)
		const values = pairs.map((pair) => [pair.split('=', 1)[0] ?? '', pair.slice(pair.indexOf('=') + 1)] as const)
		if (name !== '') files.set(name, new Map(values))
	}
	return {
		name: textOf(record.values, 'Identifier'),
		members: record.collections.get('Parameters') ?? [],
		valueFiles: files,
	}
}

export function readParameters(
	items: readonly DsxItem[],
	sets: ReadonlyMap<string, ParameterSet>,
	job: { readonly name: string; readonly file: string },
): ParameterTable {
	const all: Parameter[] = []
	const openSets = new Set<string>()
	for (const item of items) {
		const provenance = { file: job.file, path: `${job.name}/${textOf(item.values, 'Name')}`, lines: item.lines }
		if (textOf(item.values, 'ParamType') !== setType) {
			all.push(readParameter('', item, undefined, provenance))
			continue
		}
		const name = textOf(item.values, 'Name')
		const set = sets.get(name)
		if (set === undefined) openSets.add(name)
		// The default of a set is `(As pre-defined)`, or the name of the value file that is used.
		const values = set?.valueFiles.get(textOf(item.values, 'Default'))
		for (const member of set?.members ?? [])
			all.push(withEnvironments(readParameter(`${name}.`, member, values, provenance), member, set))
	}
	return tableOf(all, openSets, job)
}

/** Value files of a set are what its environments set it to. */
function withEnvironments(parameter: Parameter, member: DsxItem, set: ParameterSet | undefined): Parameter {
	if (parameter.secret) return parameter
	const name = textOf(member.values, 'Name')
	const environments = [...(set?.valueFiles ?? [])].flatMap(([file, values]) => {
		const written = values.get(name)
		if (written === undefined || outsideDefaults.has(written)) return []
		const value = isSecret(name, '', written) ? undefined : defaultValue(written, parameter.type)
		return value === undefined ? [] : [{ name: file, value }]
	})
	return environments.length === 0 ? parameter : { ...parameter, environments }
}

function readParameter(
	prefix: string,
	{ values }: DsxItem,
	fromFile: ReadonlyMap<string, string> | undefined,
	provenance: Provenance,
): Parameter {
	const name = textOf(values, 'Name')
	const code = textOf(values, 'ParamType')
	const written = fromFile?.get(name) ?? textOf(values, 'Default')
	const secret = isSecret(name, code, written)
	const type = types[code] ?? text()
	const value = secret || outsideDefaults.has(written) ? undefined : defaultValue(written, type)
	return {
		name: prefix + name,
		type,
		...(value === undefined ? {} : { default: value }),
		secret,
		description: textOf(values, 'HelpTxt') || textOf(values, 'Prompt'),
		provenance,
	}
}

/** Encrypted, or by its name a password all the same: public exports hold passwords in plain string parameters. */
function isSecret(name: string, code: string, value: string): boolean {
	return (
		code === encryptedType ||
		/^\{(?:iisenc|dsnextenc)\}/.test(value) ||
		/passw(?:or)?d|passwort|pwd(?!ir)|secret/i.test(name)
	)
}

function defaultValue(written: string, type: DataType): Value | undefined {
	if (type.kind === 'int')
		return /^\s*[-+]?\d{1,18}\s*$/.test(written) ? BigInt(written.trim().replace(/^\+/, '')) : undefined
	if (type.kind === 'float') return written.trim() === '' || Number.isNaN(Number(written)) ? undefined : Number(written)
	return written
}

function tableOf(
	all: Parameter[],
	openSets: ReadonlySet<string>,
	job: { readonly name: string; readonly file: string },
): ParameterTable {
	const find = (name: string): Parameter | undefined => {
		const lower = name.toLowerCase()
		return all.find((known) => known.name === name) ?? all.find((known) => known.name.toLowerCase() === lower)
	}
	return {
		all,
		find,
		add: (parameter) => void all.push(parameter),
		hide(name) {
			const known = find(name)
			if (known === undefined || known.secret) return
			const { default: _shown, ...rest } = known
			all[all.indexOf(known)] = { ...rest, secret: true }
		},
		findOrAdd(name) {
			const known = find(name)
			if (known !== undefined) return known
			const [set = '', member] = name.split('.')
			if (!(member === undefined ? name.startsWith('$') : openSets.has(set))) return undefined
			const added: Parameter = {
				name,
				type: text(),
				secret: isSecret(name, '', ''),
				description: '',
				provenance: { file: job.file, path: `${job.name}/${name}`, lines: { start: 1, end: 1 } },
			}
			all.push(added)
			return added
		},
	}
}
