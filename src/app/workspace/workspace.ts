/**
 * Files of repositories on this machine: one bare repository for each, of which only the wanted files are ever fetched,
 * and a folder of plain files for each checkout, written without filters, links, hooks or bits to execute.
 */
import { randomUUID } from 'node:crypto'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Checkout, Workspace } from '#bot/bot.ts'
import { CheckoutRefused, fetchObjects, git } from './git.ts'
import type { WantedFile } from './tree.ts'
import { wantedFiles } from './tree.ts'

export interface WorkspaceLimits {
	readonly files: number
	readonly fileBytes: number
	readonly checkoutBytes: number
	readonly milliseconds: number
}

export interface Source {
	/** Number of the repository: names change. */
	readonly repository: number
	/** Address to fetch from, without name and password. */
	readonly url: string
	token(): Promise<string>
}

export interface Workspaces {
	of(source: Source, signal: AbortSignal): Workspace
	/** Removes everything. */
	close(): Promise<void>
}

/** @param folder for this process alone; emptied at the start */
export async function openWorkspaces(folder: string, limits: WorkspaceLimits): Promise<Workspaces> {
	await rm(folder, { recursive: true, force: true })
	await mkdir(folder, { recursive: true, mode: 0o700 })
	/** The tail of the queue of each repository: two fetches at a time would be in each other's way. */
	const turns = new Map<number, Promise<unknown>>()
	const inTurn = async <T>(repository: number, work: () => Promise<T>): Promise<T> => {
		const turn = (turns.get(repository) ?? Promise.resolve()).then(work, work)
		turns.set(repository, turn)
		try {
			return await turn
		} finally {
			if (turns.get(repository) === turn) turns.delete(repository)
		}
	}
	return {
		of: (source, signal) => ({
			checkout: (commit, patterns) =>
				inTurn(source.repository, () => checkout({ folder, limits, source, signal, commit, patterns })),
		}),
		close: () => rm(folder, { recursive: true, force: true }),
	}
}

interface Request {
	readonly folder: string
	readonly limits: WorkspaceLimits
	readonly source: Source
	readonly signal: AbortSignal
	readonly commit: string
	readonly patterns: readonly string[]
}

async function checkout(request: Request): Promise<Checkout> {
	const { limits, source, commit } = request
	if (!/^[0-9a-f]{40}(?:[0-9a-f]{24})?$/.test(commit)) throw new CheckoutRefused(`${commit} is no id of a commit`)
	const late = AbortSignal.timeout(limits.milliseconds)
	const signal = AbortSignal.any([request.signal, late])
	const bare = path.join(request.folder, `${source.repository}.git`)
	const target = path.join(request.folder, `checkout-${randomUUID()}`)
	const release = () => rm(target, { recursive: true, force: true })
	try {
		await prepareBare(bare)
		await fetchMissing(request, bare, [commit], signal)
		const listing = await git(bare, { args: ['ls-tree', '-r', '-z', '--full-tree', commit], signal })
		const files = await wantedFiles(listing, request.patterns)
		if (files.length > limits.files) {
			throw new CheckoutRefused(`${files.length} files are wanted; ${limits.files} may be read`)
		}
		const blobs = [...new Set(files.map(({ blob }) => blob))]
		await fetchMissing(request, bare, blobs, signal)
		checkSizes(await sizesOf(bare, blobs, signal), files, limits)
		await writeFiles(bare, files, target, signal)
		return { commit, folder: target, release }
	} catch (error) {
		await release()
		request.signal.throwIfAborted()
		if (late.aborted) throw new CheckoutRefused(`fetching took longer than ${limits.milliseconds / 1000} s`)
		throw error
	}
}

async function prepareBare(bare: string): Promise<void> {
	await mkdir(path.join(bare, 'objects', 'pack'), { recursive: true, mode: 0o700 })
	await mkdir(path.join(bare, 'refs'), { recursive: true })
	await mkdir(path.join(bare, 'info'), { recursive: true })
	await writeFile(path.join(bare, 'HEAD'), 'ref: refs/heads/none\n')
	await writeFile(path.join(bare, 'config'), '[core]\n\trepositoryformatversion = 0\n\tbare = true\n')
	// Stronger than any `.gitattributes`: the bytes on disk are those that were committed.
	const plain = '* -text -eol -ident -filter -working-tree-encoding\n'
	await writeFile(path.join(bare, 'info', 'attributes'), plain)
}

/** Fetches those of the objects that are not here yet. */
async function fetchMissing(
	request: Request,
	bare: string,
	ids: readonly string[],
	signal: AbortSignal,
): Promise<void> {
	const here = await sizesOf(bare, ids, signal)
	const wanted = ids.filter((id) => !here.has(id))
	if (wanted.length === 0) return
	const { source, limits } = request
	const token = await source.token()
	await fetchObjects({ folder: bare, url: source.url, token, wanted, mostBytes: limits.checkoutBytes, signal })
}

/** Sizes of the objects that are here. */
async function sizesOf(
	bare: string,
	ids: readonly string[],
	signal: AbortSignal,
): Promise<ReadonlyMap<string, number>> {
	if (ids.length === 0) return new Map()
	const output = await git(bare, { args: ['cat-file', '--batch-check'], input: `${ids.join('\n')}\n`, signal })
	return new Map(
		output
			.split('\n')
			.map((line) => line.split(' '))
			.filter(([, type]) => type === 'blob' || type === 'commit')
			.map(([id = '', , size]): [string, number] => [id, Number(size)]),
	)
}

/** @throws CheckoutRefused before anything is unpacked: a few compressed bytes may hold a disk full of zeros */
function checkSizes(sizes: ReadonlyMap<string, number>, files: readonly WantedFile[], limits: WorkspaceLimits): void {
	let sum = 0
	for (const { path: file, blob } of files) {
		const size = sizes.get(blob)
		if (size === undefined) throw new Error(`${file} was not sent`)
		if (size > limits.fileBytes) {
			throw new CheckoutRefused(`${file} has ${megabytes(size)} MB; ${megabytes(limits.fileBytes)} may be read`)
		}
		sum += size
	}
	if (sum > limits.checkoutBytes) {
		throw new CheckoutRefused(`the files have ${megabytes(sum)} MB; ${megabytes(limits.checkoutBytes)} may be read`)
	}
}

const megabytes = (bytes: number): number => Math.round(bytes / 1e5) / 10

async function writeFiles(
	bare: string,
	files: readonly WantedFile[],
	target: string,
	signal: AbortSignal,
): Promise<void> {
	await mkdir(target, { mode: 0o700 })
	if (files.length === 0) return
	try {
		const input = files.map(({ path: file, blob }) => `100644 ${blob}\t${file}\0`).join('')
		await git(bare, { args: ['update-index', '-z', '--index-info'], input, target, signal })
		await git(bare, { args: ['checkout-index', '--all', '--force'], target, signal })
	} finally {
		await rm(`${target}.index`, { force: true })
	}
}
