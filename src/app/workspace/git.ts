/**
 * Git on repositories that strangers fill. Nothing of theirs runs: there is no work tree with hooks, no submodule is
 * followed, no attribute of theirs holds, and only HTTP is spoken. The token lies in a file that only this user can read
 * and only while something is fetched; it is in no address, no argument and no variable.
 */
import { Buffer } from 'node:buffer'
import { readdir, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { simpleGit } from 'simple-git'

/** What may not be fetched, or would take too much. Trying again gives the same. */
export class CheckoutRefused extends Error {
	override readonly name = 'CheckoutRefused'
}

export interface GitCommand {
	readonly args: readonly string[]
	/** Standard input. */
	readonly input?: string
	/** File with settings; without one, none hold but git's own. */
	readonly settings?: string
	/** Folder to write files into, by the index file of its name with `.index`. */
	readonly target?: string
	/** Bytes of output after which the command is ended. */
	readonly mostOutput?: number
	readonly signal: AbortSignal
}

const environment = {
	GIT_CONFIG_NOSYSTEM: '1',
	GIT_ATTR_NOSYSTEM: '1',
	GIT_TERMINAL_PROMPT: '0',
	// Whatever asks for a name or password gets an empty answer at once.
	GIT_ASKPASS: 'true',
	GIT_OPTIONAL_LOCKS: '0',
	GIT_NO_LAZY_FETCH: '1',
	LC_ALL: 'C',
}
const allowEnvironment = [
	...Object.keys(environment),
	'GIT_CONFIG_GLOBAL',
	'GIT_INDEX_FILE',
	'GIT_WORK_TREE',
	'GIT_DIR',
]

/** @throws Error with git's own words where it fails */
export async function git(folder: string, command: GitCommand): Promise<string> {
	const { args, input, settings = '/dev/null', target, mostOutput = 64_000_000 } = command
	const tooMuch = new AbortController()
	const client = simpleGit({
		baseDir: folder,
		abort: AbortSignal.any([command.signal, tooMuch.signal]),
		allowEnvironment,
		// Variables are ours alone: none is inherited, and these two name files of our own.
		unsafe: { allowUnsafeConfigPaths: true, allowUnsafeAskPass: true },
		...(input === undefined ? {} : { input: () => input }),
	})
	let size = 0
	client.outputHandler((_command, output) => {
		output.on('data', (part: Buffer) => {
			size += part.length
			if (size > mostOutput) tooMuch.abort()
		})
	})
	try {
		return await client
			.env({
				...environment,
				PATH: process.env['PATH'] ?? '',
				GIT_DIR: folder,
				GIT_CONFIG_GLOBAL: settings,
				...(target === undefined ? {} : { GIT_INDEX_FILE: `${target}.index`, GIT_WORK_TREE: target }),
			})
			.raw([...args])
	} catch (error) {
		command.signal.throwIfAborted()
		if (tooMuch.signal.aborted) throw new CheckoutRefused('the repository lists more than can be read')
		throw error
	}
}

export interface FetchOptions {
	/** The bare repository. */
	readonly folder: string
	/** Address without name and password. */
	readonly url: string
	readonly token: string
	/** What is wanted: ids of objects. */
	readonly wanted: readonly string[]
	/** Bytes that may arrive. */
	readonly mostBytes: number
	readonly signal: AbortSignal
}

/**
 * Fetches a commit with its trees, or files by their ids.
 *
 * @throws CheckoutRefused where more arrives than allowed
 */
export async function fetchObjects({ folder, url, token, wanted, mostBytes, signal }: FetchOptions): Promise<void> {
	const settings = path.join(folder, `fetch-${process.pid}.config`)
	const tooMuch = new AbortController()
	const packs = path.join(folder, 'objects', 'pack')
	const before = await bytesIn(packs)
	const watch = setInterval(() => {
		void bytesIn(packs).then((now) => {
			if (now - before > mostBytes) tooMuch.abort()
		})
	}, 200)
	try {
		await writeFile(settings, fetchSettings(url, token), { mode: 0o600 })
		await git(folder, {
			args: [
				'fetch',
				'--quiet',
				'--depth=1',
				'--filter=blob:none',
				'--no-tags',
				'--no-write-fetch-head',
				'--no-auto-maintenance',
				'--recurse-submodules=no',
				'--stdin',
				'origin',
			],
			input: `${wanted.join('\n')}\n`,
			settings,
			signal: AbortSignal.any([signal, tooMuch.signal]),
		})
	} catch (error) {
		signal.throwIfAborted()
		if (tooMuch.signal.aborted) {
			throw new CheckoutRefused(`more than ${Math.round(mostBytes / 1e6)} MB would have to be fetched`)
		}
		throw error
	} finally {
		clearInterval(watch)
		await rm(settings, { force: true })
		await rm(path.join(folder, 'shallow.lock'), { force: true })
		await dropUnfinished(packs)
	}
}

/** Settings are read by git alone; nothing of the machine's or a person's configuration holds beside them. */
function fetchSettings(url: string, token: string): string {
	const header = `Authorization: Basic ${Buffer.from(`x-access-token:${token}`).toString('base64')}`
	const protocol = new URL(url).protocol.replace(':', '')
	return `[core]
	hooksPath = /dev/null
	bigFileThreshold = 16m
	askPass = true
[protocol]
	allow = never
[protocol "${protocol}"]
	allow = always
[transfer]
	fsckObjects = true
[fetch]
	unpackLimit = 1
	negotiationAlgorithm = noop
	recurseSubmodules = false
[fetch "fsck"]
	zeroPaddedFilemode = ignore
	badTimezone = ignore
	missingSpaceBeforeDate = ignore
	gitmodulesUrl = ignore
	gitmodulesPath = ignore
	gitmodulesName = ignore
	gitmodulesSymlink = ignore
	gitmodulesBlob = ignore
	gitmodulesMissing = ignore
	gitattributesMissing = ignore
[credential]
	helper =
[gc]
	auto = 0
[remote "origin"]
	url = ${url}
	promisor = true
	partialclonefilter = blob:none
[http "${new URL(url).origin}/"]
	extraHeader = ${header}
`
}

async function bytesIn(folder: string): Promise<number> {
	const names = await readdir(folder).catch(() => [])
	const sizes = await Promise.all(
		names.map((name) =>
			stat(path.join(folder, name)).then(
				({ size }) => size,
				() => 0,
			),
		),
	)
	return sizes.reduce((sum, size) => sum + size, 0)
}

async function dropUnfinished(folder: string): Promise<void> {
	const names = await readdir(folder).catch(() => [])
	for (const name of names) if (name.startsWith('tmp_')) await rm(path.join(folder, name), { force: true })
}
