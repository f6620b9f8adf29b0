/** Git's own commands on the bare repositories of the twin. */
import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'

/** Nothing of the machine's configuration may change what a test sees. */
export const gitEnvironment: Readonly<Record<string, string>> = {
	PATH: process.env['PATH'] ?? '',
	HOME: '/nonexistent',
	GIT_CONFIG_NOSYSTEM: '1',
	GIT_TERMINAL_PROMPT: '0',
	LC_ALL: 'C',
}

export interface GitResult {
	readonly code: number
	readonly output: Buffer
	readonly errors: string
}

/** Runs git and takes any exit code. */
export function tryGit(
	folder: string,
	args: readonly string[],
	input: string | Uint8Array = '',
	environment: Readonly<Record<string, string>> = {},
): Promise<GitResult> {
	return new Promise((resolve, reject) => {
		const child = spawn('git', args, { cwd: folder, env: { ...gitEnvironment, ...environment } })
		const output: Buffer[] = []
		const errors: Buffer[] = []
		child.stdout.on('data', (part: Buffer) => output.push(part))
		child.stderr.on('data', (part: Buffer) => errors.push(part))
		child.on('error', reject)
		child.on('close', (code) =>
			resolve({ code: code ?? 1, output: Buffer.concat(output), errors: Buffer.concat(errors).toString('utf8') }),
		)
		child.stdin.on('error', () => undefined)
		child.stdin.end(input)
	})
}

/** Runs git. @throws Error with git's words when it fails */
export async function git(
	folder: string,
	args: readonly string[],
	input: string | Uint8Array = '',
	environment: Readonly<Record<string, string>> = {},
): Promise<string> {
	const { code, output, errors } = await tryGit(folder, args, input, environment)
	if (code !== 0) throw new Error(`git ${args.join(' ')} failed with ${code}: ${errors}`)
	return output.toString('utf8').trimEnd()
}

/** Work with an index of its own, which is removed afterwards. */
export async function withIndex<T>(work: (index: Readonly<Record<string, string>>) => Promise<T>): Promise<T> {
	const folder = await mkdtemp(path.join(tmpdir(), 'twin-index-'))
	try {
		return await work({ GIT_INDEX_FILE: path.join(folder, 'index') })
	} finally {
		await rm(folder, { recursive: true, force: true })
	}
}
