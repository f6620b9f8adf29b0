/**
 * ZIP archives, read from memory and bounded: nothing is unpacked before its size and its name have been looked at,
 * and nothing is ever written. Members are unpacked one at a time, when somebody asks for them.
 */
import AdmZip from 'adm-zip'
import type { Diagnostic } from '#model/diagnostics.ts'
import { diagnose } from '#model/diagnostics.ts'
import type { ZipLimits } from './limits.ts'
import { defaultZipLimits } from './limits.ts'

export interface ZipMember {
	/** Path inside the archive, `/` as separator. */
	readonly path: string
	/** Unpacks it; undefined when it is damaged or encrypted, which is then reported. */
	read(report: (diagnostic: Diagnostic) => void): Uint8Array | undefined
}

export interface Archive {
	readonly members: readonly ZipMember[]
	/** About the archive as a whole, and about members that are left out. */
	readonly diagnostics: readonly Diagnostic[]
}

type Entry = ReturnType<AdmZip['getEntries']>[number]

export function isArchive(head: Uint8Array): boolean {
	return head[0] === 0x50 && head[1] === 0x4b && (head[2] === 3 || head[2] === 5) && head[3] === (head[2] ?? 0) + 1
}

/** Never throws for bad input; a member that may not be read is left out with a diagnostic, the others are given. */
export function openArchive(file: string, bytes: Uint8Array, limits: ZipLimits = defaultZipLimits): Archive {
	let entries: readonly Entry[]
	try {
		const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
		entries = new AdmZip(buffer, { noSort: true }).getEntries()
	} catch (error) {
		const why = `Its directory cannot be read: ${messageOf(error)}`
		return {
			members: [],
			diagnostics: [diagnose('archive/damaged', place(file), { what: 'The archive is damaged.', why })],
		}
	}
	const files = entries.filter((entry) => !entry.isDirectory)
	const beyond = beyondLimits(files, limits)
	if (beyond !== undefined) {
		const what = 'The archive is beyond the limits.'
		return { members: [], diagnostics: [diagnose('archive/limit', place(file), { what, why: beyond })] }
	}
	const diagnostics: Diagnostic[] = []
	const members = files.flatMap((entry) => {
		const problem = leftOut(file, entry, limits)
		if (problem === undefined) return [memberOf(file, entry)]
		diagnostics.push(problem)
		return []
	})
	return { members, diagnostics }
}

function beyondLimits(entries: readonly Entry[], limits: ZipLimits): string | undefined {
	if (entries.length > limits.members) return `It has ${entries.length} members; at most ${limits.members} are read.`
	const total = entries.reduce((sum, entry) => sum + entry.header.size, 0)
	return total > limits.totalBytes
		? `Its members have ${total} bytes when unpacked; at most ${limits.totalBytes} are read.`
		: undefined
}

/** Why a member is not even unpacked. */
function leftOut(file: string, entry: Entry, limits: ZipLimits): Diagnostic | undefined {
	const name = entry.entryName
	if (/^[/\\]|^[A-Za-z]:|(?:^|[/\\])\.\.(?:[/\\]|$)/.test(name) || name.includes('\0')) {
		const what = `A member of the archive is named ${JSON.stringify(name.slice(0, 200))} and was left out`
		return diagnose('archive/path', place(file), { what, why: 'Its name leads out of the archive.' })
	}
	if (entry.header.size > limits.memberBytes) {
		const why = `It has ${entry.header.size} bytes when unpacked; at most ${limits.memberBytes} are read.`
		return diagnose('archive/limit', place(file, name), { what: `${name} is too large and was left out`, why })
	}
	if (entry.header.encrypted) {
		const what = `${name} is encrypted and was left out`
		return diagnose('archive/damaged', place(file, name), { what, why: 'Reglue asks for no passwords.' })
	}
	return undefined
}

function memberOf(file: string, entry: Entry): ZipMember {
	const path = entry.entryName.replaceAll('\\', '/')
	return {
		path,
		read(report) {
			try {
				return entry.getData()
			} catch (error) {
				const why = `It cannot be unpacked: ${messageOf(error)}`
				report(diagnose('archive/damaged', place(file, path), { what: `${path} is damaged and was left out`, why }))
				return undefined
			}
		},
	}
}

const place = (file: string, path = '') => ({ file, path, lines: { start: 1, end: 1 } })

function messageOf(error: unknown): string {
	const message = (error instanceof Error ? error.message : String(error)).replace(/^ADM-ZIP: /, '')
	return message.endsWith('.') ? message : `${message}.`
}
