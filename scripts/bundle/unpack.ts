/**
 * Part of the bundle: files that the program reads are packed in it, and unpacked beside one another once for each process
 * tree, into a folder that nobody else can have made; it goes when the process ends.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { brotliDecompressSync } from 'node:zlib'

/** What `scripts/bundle.ts` packed, as JSON: text, so that it can take its place when everything is known. */
export interface Archive {
	/** Names and lengths, in the order of the bytes. */
	readonly index: readonly (readonly [string, number])[]
	/** Modules that run as processes of their own: this file once more, told what to be. */
	readonly programs: readonly string[]
	/** Brotli, base64. */
	readonly bytes: string
}

/** `bundle.ts` puts the archive in its place when it knows the rest of the bundle. */
declare const REGLUE_ARCHIVE: string

/** What a program's file tells the bundle about its process. */
interface Told {
	readonly reglueProgram?: string
	readonly reglueAssets?: string
}

const told = globalThis as Told
const folder = told.reglueAssets ?? unpack()

/** The file or folder of an asset, as `new URL(name, import.meta.url)` gives it in the sources. */
export function bundled(name: string): URL {
	return pathToFileURL(path.join(folder, name))
}

function unpack(): string {
	const made = mkdtempSync(path.join(process.env['RUNNER_TEMP'] ?? tmpdir(), 'reglue-bundle-'))
	process.once('exit', () => rmSync(made, { recursive: true, force: true }))
	const { index, programs, bytes } = JSON.parse(REGLUE_ARCHIVE) as Archive
	const content = brotliDecompressSync(Buffer.from(bytes, 'base64'))
	let start = 0
	for (const [name, length] of index) {
		write(path.join(made, name), content.subarray(start, start + length))
		start += length
	}
	for (const name of programs) write(path.join(made, name), programText(name, made))
	return made
}

function write(file: string, content: Uint8Array | string): void {
	mkdirSync(path.dirname(file), { recursive: true })
	writeFileSync(file, content)
}

function programText(name: string, made: string): string {
	const facts: Told = { reglueProgram: name, reglueAssets: made }
	return `Object.assign(globalThis, ${JSON.stringify(facts)})\nawait import(${JSON.stringify(import.meta.url)})\n`
}
