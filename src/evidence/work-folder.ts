import { mkdir, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { partFiles, readPart } from '#engines/part-files.ts'

/** Where inputs of a run are put and its outputs are found. Names are relative, with `/`. */
export interface WorkFolder {
	/** Absolute path for the engine. */
	at(name: string): string
	write(name: string, bytes: Uint8Array): Promise<void>
	/** A file, or the part files of a folder in the order of writing; none when nothing is there. */
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
		read: (name) => Promise.resolve(partFiles(at(name)).map(readPart)),
		clear: (name) => rm(at(name), { recursive: true, force: true }),
	}
}
