/** Prefixes of S3 as folders on this machine, fetched by the AWS command line: its credentials are the user's own affair. */
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { UsageError } from './command.ts'

/** Gives `work` each place as it is, or the folder that it was copied to, which goes afterwards. */
export async function withLocalCopies<T>(
	places: readonly string[],
	signal: AbortSignal,
	work: (local: readonly string[]) => Promise<T>,
): Promise<T> {
	const folder = mkdtempSync(path.join(tmpdir(), 'reglue-s3-'))
	try {
		const local: string[] = []
		for (const [index, place] of places.entries()) {
			const copy = path.join(folder, String(index))
			if (/^s3[an]?:\/\//.test(place)) await fetchPrefix(place.replace(/^s3[an]:/, 's3:'), copy, signal)
			local.push(/^s3[an]?:\/\//.test(place) ? copy : place)
		}
		return await work(local)
	} finally {
		rmSync(folder, { recursive: true, force: true })
	}
}

function fetchPrefix(prefix: string, folder: string, signal: AbortSignal): Promise<void> {
	const args = ['s3', 'cp', '--recursive', '--only-show-errors', prefix, folder]
	return new Promise((resolve, reject) => {
		const child = spawn('aws', args, { stdio: ['ignore', 'ignore', 'pipe'], signal })
		let said = ''
		child.stderr.setEncoding('utf8').on('data', (text: string) => {
			said = (said + text).slice(-2000)
		})
		child.on('error', (error) => {
			const isAbsent = 'code' in error && error.code === 'ENOENT'
			reject(isAbsent ? new UsageError(`${prefix} is fetched by the AWS command line, which is not installed`) : error)
		})
		child.on('close', (code) => {
			if (code === 0) resolve()
			else reject(new UsageError(`${prefix} could not be fetched: ${said.trim()}`))
		})
	})
}
