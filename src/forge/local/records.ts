/**
 * Numbered things as folders of files: `state.json`, which says what is the case, and a text that people read. A folder
 * appears whole or not at all, and each file is replaced as a whole, so that a run which ends in between leaves nothing
 * half-written.
 */
import { randomUUID } from 'node:crypto'
import { mkdir, open, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { z } from 'zod'
import { ForgeError } from '../error.ts'

export interface RecordOf<State> {
	readonly id: number
	readonly state: State
	readonly text: string
}

export interface Records<State> {
	/** Newest first. */
	all(): Promise<readonly RecordOf<State>[]>
	get(id: number): Promise<RecordOf<State> | undefined>
	create(state: State, text: string): Promise<RecordOf<State>>
	/** Writes what differs. */
	put(record: RecordOf<State>): Promise<void>
	remove(id: number): Promise<void>
	folderOf(id: number): string
}

export interface RecordPlace {
	readonly folder: string
	/** Name of the file with the text. */
	readonly text: string
	/** Folder of taken numbers: records that share it never share a number. */
	readonly numbers: string
}

export function records<State>(place: RecordPlace, schema: z.ZodType<State>): Records<State> {
	const folderOf = (id: number): string => path.join(place.folder, String(id))
	const get: Records<State>['get'] = async (id) => {
		const file = path.join(folderOf(id), 'state.json')
		const json = await readIfThere(file)
		if (json === undefined) return undefined
		const state = schema.safeParse(parsed(json))
		if (!state.success) throw new ForgeError('invalid', `${file} is not what it should be; mend or remove its folder`)
		const text = (await readIfThere(path.join(folderOf(id), place.text))) ?? ''
		return { id, state: state.data, text }
	}
	return {
		folderOf,
		get,
		all: async () => {
			const names = await readdir(place.folder).catch(() => [])
			const ids = names.filter((name) => /^[1-9][0-9]*$/.test(name)).map(Number)
			const found = await Promise.all(ids.sort((left, right) => right - left).map(get))
			return found.filter((one) => one !== undefined)
		},
		create: async (state, text) => {
			await mkdir(place.folder, { recursive: true })
			const id = await takeNumber(place.numbers)
			const made = path.join(place.folder, `.${randomUUID()}`)
			await mkdir(made)
			await writeFile(path.join(made, place.text), text)
			await writeFile(path.join(made, 'state.json'), jsonOf(state))
			await rename(made, folderOf(id))
			return { id, state, text }
		},
		put: async ({ id, state, text }) => {
			await replace(path.join(folderOf(id), place.text), text)
			await replace(path.join(folderOf(id), 'state.json'), jsonOf(state))
		},
		remove: (id) => rm(folderOf(id), { recursive: true, force: true }),
	}
}

/** Writes a file as a whole; one that says so already is left alone. */
export async function replace(file: string, text: string): Promise<void> {
	if ((await readIfThere(file)) === text) return
	const next = `${file}.${randomUUID()}`
	await writeFile(next, text)
	await rename(next, file)
}

/** The next number; it is taken for good, whatever becomes of its record. */
async function takeNumber(folder: string): Promise<number> {
	await mkdir(folder, { recursive: true })
	const taken = (await readdir(folder)).map(Number).filter(Number.isInteger)
	for (let number = Math.max(0, ...taken) + 1; ; number++) {
		try {
			await (await open(path.join(folder, String(number)), 'wx')).close()
			return number
		} catch (error) {
			if (!isCode(error, 'EEXIST')) throw error
		}
	}
}

async function readIfThere(file: string): Promise<string | undefined> {
	try {
		return await readFile(file, 'utf8')
	} catch (error) {
		if (isCode(error, 'ENOENT')) return undefined
		throw error
	}
}

const isCode = (error: unknown, code: string): boolean =>
	error instanceof Error && 'code' in error && error.code === code

const jsonOf = (value: unknown): string => `${JSON.stringify(value, undefined, '\t')}\n`

function parsed(text: string): unknown {
	try {
		return JSON.parse(text)
	} catch {
		return undefined
	}
}
