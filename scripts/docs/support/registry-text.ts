/**
 * Reads a registry's source text: which file lowers each type. What a stage refuses stands in that file, so the printed
 * matrix says what the code does, and cannot forget a reason.
 */
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'

export interface RegistryEntry {
	readonly type: string
	/** File of the module, from the project's root. */
	readonly file: string
	/** What is taken from the module: `lower`, `bloomFilter`. */
	readonly member: string
}

/** @throws when an entry names something that the file does not import: then this reading has to follow the registry. */
export function registryEntries(file: string, table: string): readonly RegistryEntry[] {
	const text = readFileSync(file, 'utf8')
	const imports = importsOf(text, path.dirname(file))
	const body = new RegExp(`const ${table}[^=]*= \\{\\n([\\s\\S]*?)\\n\\}`).exec(text)?.[1]
	if (body === undefined) throw new Error(`${file} has no table ${table}`)
	return [...body.matchAll(/^\t(?:'([^']+)'|(\w+))(?:: (\w+)(?:\.(\w+))?.*)?,$/gm)].map(
		([line, quoted, bare, name = bare, member]) => {
			const found = name === undefined ? undefined : imports.get(name)
			if (found === undefined) throw new Error(`${file}: ${line.trim()} names nothing that is imported`)
			return { type: quoted ?? bare ?? '', file: found.file, member: member ?? found.member }
		},
	)
}

interface Imported {
	readonly file: string
	readonly member: string
}

function importsOf(text: string, folder: string): ReadonlyMap<string, Imported> {
	const found = new Map<string, Imported>()
	for (const [, what = '', from = ''] of text.matchAll(/^import (?!type )([\s\S]*?) from '(\.[^']+)'$/gm)) {
		const file = path.join(folder, from)
		const whole = /^\* as (\w+)$/.exec(what)?.[1]
		if (whole !== undefined) found.set(whole, { file, member: 'lower' })
		for (const part of /^\{([\s\S]*)\}$/.exec(what)?.[1]?.split(',') ?? []) {
			const [member, name] = part.trim().split(' as ')
			if (member !== undefined && member !== '') found.set(name ?? member, { file, member })
		}
	}
	return found
}

const reason = /\brefuse(?:d)?\(\s*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"|`((?:[^`\\]|\\.)*)`)/g

/** Reasons for which the file makes an element opaque, in its order; what depends on the export is an ellipsis. */
export function reasonsIn(file: string): readonly string[] {
	const folder = path.dirname(file)
	// A stage with a folder of its own is the whole folder.
	const own = path.basename(folder) === path.basename(file, '.ts')
	const files = own ? siblings(folder) : [file]
	const texts = files.map((one) => readFileSync(one, 'utf8'))
	const reasons = texts.flatMap((text) =>
		[...text.matchAll(reason)].map(([, single, double, template]) => plain(single ?? double ?? template ?? '')),
	)
	return [...new Set(reasons)]
}

/** The files of a folder that its main one imports, and those that these import. */
function siblings(folder: string): readonly string[] {
	const found = new Set([path.join(folder, `${path.basename(folder)}.ts`)])
	for (const file of found) {
		for (const [, name = ''] of readFileSync(file, 'utf8').matchAll(/from '\.\/([\w-]+\.ts)'/g)) {
			const other = path.join(folder, name)
			if (existsSync(other)) found.add(other)
		}
	}
	return [...found]
}

function plain(text: string): string {
	let depth = 0
	let result = ''
	for (let at = 0; at < text.length; at += 1) {
		if (text.startsWith('${', at)) {
			if (depth === 0) result += '…'
			depth += 1
		}
		if (depth === 0) result += text.charAt(at)
		else if (text.charAt(at) === '}') depth -= 1
	}
	return result.replaceAll("\\'", "'").replaceAll('\\\\', '\\')
}

/** The one reason of a member that has no other meaning: `export const bloomFilter = because('…')`. */
export function standingReason(file: string, member: string): string | undefined {
	const text = readFileSync(file, 'utf8')
	const found = new RegExp(`const ${member} = because\\(\\s*'((?:[^'\\\\]|\\\\.)*)'`).exec(text)?.[1]
	return found === undefined ? undefined : plain(found)
}
