/** The command line as a user meets it: a process of its own, in a folder of its own. */
import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url))
export const examples = fileURLToPath(new URL('../../examples', import.meta.url))

export interface Ended {
	readonly code: number | null
	readonly out: string
	readonly error: string
}

export interface Started {
	readonly pid: number
	readonly ended: Promise<Ended>
	/** Ctrl-C. */
	interrupt(): void
	/** Resolves when the process has said that on stderr. @throws when it ends before it does */
	says(text: string): Promise<void>
}

export function start(args: readonly string[], options: { readonly cwd: string }): Started {
	const child = spawn(process.execPath, [main, ...args], { cwd: options.cwd, stdio: ['ignore', 'pipe', 'pipe'] })
	let out = ''
	let error = ''
	child.stdout.setEncoding('utf8').on('data', (text: string) => {
		out += text
	})
	child.stderr.setEncoding('utf8').on('data', (text: string) => {
		error += text
	})
	const ended = new Promise<Ended>((resolve, reject) => {
		child.on('error', reject)
		child.on('close', (code) => resolve({ code, out, error }))
	})
	return {
		pid: child.pid ?? 0,
		ended,
		interrupt: () => void child.kill('SIGINT'),
		says: (text) =>
			new Promise((resolve, reject) => {
				const look = () => {
					if (error.includes(text)) resolve()
				}
				child.stderr.on('data', look)
				child.on('close', () => reject(new Error(`it ended without saying ${text}:\n${error}`)))
				look()
			}),
	}
}

export const reglue = (args: readonly string[], options: { readonly cwd: string }): Promise<Ended> =>
	start(args, options).ended

export interface Folder {
	readonly path: string
	write(name: string, content: string | Uint8Array): void
	/** All files in it, in order, but for what runs leave in the cache. */
	files(): readonly string[]
	remove(): void
}

/** An empty folder to work in. */
export function temporaryFolder(): Folder {
	// One level further down, so that a path with `..` in it would show beside the folder and not among all others.
	const above = mkdtempSync(path.join(tmpdir(), 'reglue-cli-'))
	const folder = path.join(above, 'work')
	mkdirSync(folder)
	return {
		path: folder,
		write: (name, content) => {
			mkdirSync(path.dirname(path.join(folder, name)), { recursive: true })
			writeFileSync(path.join(folder, name), content)
		},
		files: () =>
			readdirSync(above, { recursive: true, withFileTypes: true })
				.filter((entry) => entry.isFile())
				.map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
				.filter((name) => !name.startsWith('.cache/'))
				.sort(),
		remove: () => rmSync(above, { recursive: true, force: true }),
	}
}
