/**
 * Files that are packed with GZip, and archives whose entries a script takes out one by one (Microsoft: GZipStream,
 * ZipArchive). What a script opens is its path here; an entry is its archive with its name.
 */
import type { ScriptType } from '#model/scripts.ts'
import { listOf, scriptTypes } from '#model/scripts.ts'
import type { Value } from '#model/values.ts'
import { atom, call } from '../../python.ts'
import type { Member, OperationRest } from '../operation.ts'
import { define, fixed, instance } from '../operation.ts'
import type { ScriptValue } from '../runtime.ts'
import { asBoolean, asList, asText, asThing } from '../runtime.ts'

const { string, boolean, nothing } = scriptTypes
const thing = (name: string): ScriptType => ({ kind: 'thing', name })
const file = thing('FileStream')
const packed = thing('GZipStream')
const mode = thing('CompressionMode')
const archive = thing('ZipArchive')
const entry = thing('ZipArchiveEntry')
const archiveMode = thing('ZipArchiveMode')

/** Ways to open what is packed; a level of compression means that something is packed. */
export const compressionConstants: Readonly<Record<string, readonly [value: Value, type: ScriptType]>> = {
	'compressionmode.decompress': ['Decompress', mode],
	'compressionmode.compress': ['Compress', mode],
	'compressionlevel.optimal': ['Compress', mode],
	'compressionlevel.fastest': ['Compress', mode],
	'ziparchivemode.read': ['Read', archiveMode],
	'ziparchivemode.create': ['Create', archiveMode],
	'ziparchivemode.update': ['Update', archiveMode],
}

const same: OperationRest = { evaluate: ([one]) => one ?? null, python: ([one]) => one }
const held = (one: ScriptValue | undefined, name: string): string => asText(asThing(one).state[name])

/** From the path of one stream to that of another. */
const copies = (owner: ScriptType, to: ScriptType, helper: string, overwrite: boolean): Member =>
	instance(
		owner.kind === 'thing' ? owner.name : '',
		'CopyTo',
		define(`${helper} of a stream`, [owner, to], nothing, {
			isEffect: true,
			helper,
			evaluate: ([one, other], { outside }) => {
				const args = [held(one, 'path'), held(other, 'path'), ...(overwrite ? [true] : [])]
				return outside({ helper, args, names: ['path', 'destination', 'overwrite'] })
			},
			python: ([one, other]) => call(helper, atom('spark'), one, other, ...(overwrite ? [atom('overwrite=True')] : [])),
		}),
	)

const opening: OperationRest = {
	isEffect: true,
	helper: 'archive_entries',
	paths: [0],
	evaluate: ([path], { outside }) => {
		const found = outside({ helper: 'archive_entries', args: [asText(path)], names: ['archive'] })
		const names = found === null ? [] : asList(found).items
		return {
			kind: 'list',
			items: names.map((name) => ({ kind: 'thing', name: 'ZipArchiveEntry', state: { archive: asText(path), name } })),
		}
	},
	python: ([path]) => call('open_archive', atom('spark'), path),
}

const extracting = (parameters: readonly ScriptType[]): Member =>
	instance(
		'ZipArchiveEntry',
		'ExtractToFile',
		define(`ZipArchiveEntry.ExtractToFile(${parameters.length})`, [entry, ...parameters], nothing, {
			isEffect: true,
			helper: 'extract_entry',
			paths: [1],
			evaluate: ([one, path, overwrite], { outside }) => {
				const replaces = overwrite !== undefined && asBoolean(overwrite)
				const args = [held(one, 'archive'), held(one, 'name'), asText(path), replaces]
				return outside({ helper: 'extract_entry', args, names: ['archive', 'entry', 'path', 'overwrite'] })
			},
			python: ([one, path, overwrite]) => {
				const more = parameters.length > 1 ? [atom(`overwrite=${overwrite.code}`)] : []
				return call('extract_entry', atom('spark'), atom(`*${one.code}`), path, ...more)
			},
		}),
	)

export const compressionMembers: readonly Member[] = [
	fixed('GZipStream', 'new', define('GZipStream.new', [file, mode], packed, same)),
	copies(packed, file, 'decompress_file', false),
	copies(file, packed, 'compress_file', false),
	copies(file, file, 'copy_file', true),
	fixed('ZipFile', 'OpenRead', define('ZipFile.OpenRead', [string], archive, opening)),
	fixed(
		'ZipFile',
		'Open',
		define('ZipFile.Open', [string, archiveMode], archive, {
			...opening,
			literals: [1],
			refuses: ([, how]) => (how === 'Read' ? undefined : 'an archive that is opened to put entries into it'),
		}),
	),
	instance('ZipArchive', 'Entries', define('ZipArchive.Entries', [archive], listOf(entry), same)),
	instance(
		'ZipArchiveEntry',
		'FullName',
		define('ZipArchiveEntry.FullName', [entry], string, {
			evaluate: ([one]) => held(one, 'name'),
			python: ([one]) => atom(`${one.code}[1]`),
		}),
	),
	// Empty for a folder (Microsoft: ZipArchiveEntry.Name).
	instance(
		'ZipArchiveEntry',
		'Name',
		define('ZipArchiveEntry.Name', [entry], string, {
			evaluate: ([one]) => held(one, 'name').split(/[\\/]/).at(-1) ?? '',
			python: ([one]) => call('file_name', atom(`${one.code}[1]`)),
		}),
	),
	extracting([string]),
	extracting([string, boolean]),
]
