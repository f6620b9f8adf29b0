import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { runPython } from '#engines/local-spark/child-environment.ts'
import { engineFacts } from '#engines/local-spark/doctor.ts'
import { ensureEnvironment } from '#engines/local-spark/environment.ts'
import { ensureJar, isJarCached, JarUnavailable } from '#engines/local-spark/jars.ts'
import { findJava } from '#engines/local-spark/java.ts'
import { withLock } from '#engines/local-spark/lock.ts'
import { findPython } from '#engines/local-spark/python.ts'
import { digestOf, ensureFolder, isComplete } from '#engines/local-spark/stamped-folder.ts'
import { EngineError } from '#engines/port.ts'
import { cacheFolder, SET_UP_MS, script, withTemporaryFolder } from './support.ts'

describe('a folder of the cache', () => {
	const digest = digestOf('requirements')

	it('is made once', () =>
		withTemporaryFolder(async (root) => {
			let made = 0
			const make = async () => {
				made += 1
				await Promise.resolve()
			}
			await ensureFolder(path.join(root, 'venv'), digest, make)
			await ensureFolder(path.join(root, 'venv'), digest, make)
			expect(made).toBe(1)
			expect(await isComplete(path.join(root, 'venv'), digest)).toBe(true)
		}))

	it('is made again from nothing when it was left half-made, or made from something else', () =>
		withTemporaryFolder(async (root) => {
			const folder = path.join(root, 'venv')
			await mkdir(folder)
			await writeFile(path.join(folder, 'half'), '')
			const whole = async () => writeFile(path.join(folder, 'whole'), '')
			await ensureFolder(folder, digest, whole)
			await expect(readFile(path.join(folder, 'half'))).rejects.toThrow('ENOENT')
			await writeFile(path.join(folder, 'half'), '')
			await ensureFolder(folder, digestOf('other requirements'), whole)
			await expect(readFile(path.join(folder, 'half'))).rejects.toThrow('ENOENT')
		}))

	it('stays unmade when making it fails, so that the next one tries again', () =>
		withTemporaryFolder(async (root) => {
			const folder = path.join(root, 'venv')
			await expect(ensureFolder(folder, digest, () => Promise.reject(new Error('no network')))).rejects.toThrow(
				'no network',
			)
			expect(await isComplete(folder, digest)).toBe(false)
			await ensureFolder(folder, digest, () => Promise.resolve())
			expect(await isComplete(folder, digest)).toBe(true)
		}))

	it('is made by one of several at the same time', () =>
		withTemporaryFolder(async (root) => {
			let making = 0
			let made = 0
			let waited = 0
			const make = async () => {
				making += 1
				expect(making).toBe(1)
				await new Promise((resolve) => setTimeout(resolve, 50))
				making -= 1
				made += 1
			}
			const options = {
				interval: 5,
				onWait: () => {
					waited += 1
				},
			}
			await Promise.all([1, 2, 3].map(() => ensureFolder(path.join(root, 'venv'), digest, make, options)))
			expect({ made, waited }).toEqual({ made: 1, waited: 2 })
		}))
})

describe('a lock', () => {
	it('of a process that is gone is taken over', () =>
		withTemporaryFolder(async (root) => {
			const file = path.join(root, 'lock')
			// No process has this number: Linux counts to 4,194,304 at most.
			await writeFile(file, `${hostname()} 99999999\n`)
			expect(await withLock(file, () => Promise.resolve('done'), { interval: 5 })).toBe('done')
		}))

	it('of a living process is waited for until the signal', () =>
		withTemporaryFolder(async (root) => {
			const file = path.join(root, 'lock')
			const signal = AbortSignal.timeout(50)
			const inner = () => withLock(file, () => Promise.resolve(), { interval: 5, signal })
			await expect(withLock(file, inner)).rejects.toThrow('aborted')
		}))
})

describe('a jar', () => {
	const jar = {
		what: 'driver',
		file: 'driver.jar',
		url: 'https://maven.example/driver.jar',
		sha256: digestOf('the driver'),
	}
	const serving = (content: string) => ({ download: () => Promise.resolve(new TextEncoder().encode(content)) })

	it('is fetched once', () =>
		withTemporaryFolder(async (root) => {
			const file = await ensureJar(root, jar, serving('the driver'))
			expect(await readFile(file, 'utf8')).toBe('the driver')
			const offline = { download: () => Promise.reject(new Error('asked again')) }
			expect(await ensureJar(root, jar, offline)).toBe(file)
		}))

	it('of another content is refused, and not kept', () =>
		withTemporaryFolder(async (root) => {
			const refused = ensureJar(root, jar, serving('another driver'))
			await expect(refused).rejects.toThrow(EngineError)
			await expect(refused).rejects.toThrow(/has the SHA-256 .* was expected/)
			expect(await isJarCached(root, jar)).toBe(false)
		}))

	it('that was changed in the cache is fetched again', () =>
		withTemporaryFolder(async (root) => {
			const file = await ensureJar(root, jar, serving('the driver'))
			await writeFile(file, 'tampered')
			expect(await isJarCached(root, jar)).toBe(false)
			await ensureJar(root, jar, serving('the driver'))
			expect(await isJarCached(root, jar)).toBe(true)
		}))

	it('that cannot be had is said to be unavailable, with what to do', () =>
		withTemporaryFolder(async (root) => {
			// Port 9 of this machine: nobody listens.
			const unavailable = ensureJar(root, { ...jar, url: 'http://127.0.0.1:9/driver.jar' })
			await expect(unavailable).rejects.toThrow(JarUnavailable)
			await expect(unavailable).rejects.toThrow(/by hand/)
		}))
})

describe('the machine', () => {
	it('is asked for a Python within the range', async () => {
		const python = await findPython(
			['no-such-python', 'python3.11', 'python3.12', 'python3.10', 'python3'],
			[3, 10],
			[3, 13],
		)
		expect(python?.version[0]).toBe(3)
		expect(python && path.isAbsolute(python.path)).toBe(true)
		expect(await findPython(['python3'], [2, 0], [2, 7])).toBeUndefined()
	})

	it('has no Java when JAVA_HOME and PATH name none', async () => {
		expect(await findJava({ JAVA_HOME: '/nowhere', PATH: '/nowhere' })).toBeUndefined()
	})

	it('has its facts told to the doctor', () =>
		withTemporaryFolder(async (root) => {
			const facts = await engineFacts(root)
			expect(facts).toMatchObject({ release: { spark: '3.5.6' }, environment: { ready: false }, driverCached: false })
			expect(typeof facts.networkIsolation).toBe('boolean')
		}))
})

describe('the environment', () => {
	it(
		'runs a generated script as a program, with `awsglue` and nothing of ours',
		async () => {
			const environment = await ensureEnvironment({ cacheFolder, glueVersion: '5.1' })
			await withTemporaryFolder(async (folder) => {
				await writeFile(path.join(folder, 'in.txt'), 'one\n')
				const target = path.join(folder, 'out')
				const args = [
					'--JOB_NAME',
					'x',
					'--source_path',
					path.join(folder, 'in.txt'),
					'--target_path',
					target,
					'--unasked',
					'1',
				]
				const { code, output } = await runPython(environment, [script('upper_lines'), ...args])
				expect(output).toContain('job x')
				expect(code).toBe(0)
				expect(await readFile(path.join(target, '_SUCCESS'), 'utf8')).toBe('')
			})
			expect(await engineFacts(cacheFolder)).toMatchObject({ environment: { ready: true } })
		},
		SET_UP_MS,
	)
})
