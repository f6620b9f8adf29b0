import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'

/** Where inputs of a run are put and its outputs are found. Names are relative, with `/`. */
export interface WorkFolder {
	/** Absolute path for the engine. */
	at(name: string): string
	write(name: string, bytes: Uint8Array): Promise<void>
	/** A file, or the part files of a folder in the order of their names; none when nothing is there. */
	read(name: string): Promise<readonly Uint8Array[]>
	/** Removes everything below a name. */
	clear(name: string): Promise<void>
}

/** A folder of this machine's file system. */
export function workFolder(root: string): WorkFolder {
	const at = (name: string): string => path.resolve(root, name)
	return {
		at,
		async write(name, bytes) {
			await mkdir(path.dirname(at(name)), { recursive: true })
			await writeFile(at(name), bytes)
		},
		async read(name) {
			const found = await stat(at(name)).catch(() => undefined)
			if (found === undefined) return []
			if (!found.isDirectory()) return [await readFile(at(name))]
			const names = (await readdir(at(name))).filter((part) => !/^[._]/.test(part)).sort()
			return Promise.all(names.map((part) => readFile(path.join(at(name), part))))
		},
		clear: (name) => rm(at(name), { recursive: true, force: true }),
	}
}
