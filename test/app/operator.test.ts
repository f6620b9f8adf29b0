import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readOperator } from '#app/operator.ts'

const key = '-----BEGIN RSA PRIVATE KEY-----\nabc\n-----END RSA PRIVATE KEY-----\n'
const environment = { APP_ID: '7', PRIVATE_KEY: key.replaceAll('\n', '\\n'), WEBHOOK_SECRET: 'a long enough secret' }
let folder: string
beforeAll(() => {
	folder = mkdtempSync(path.join(tmpdir(), 'reglue-operator-'))
	writeFileSync(path.join(folder, 'key.pem'), key)
	writeFileSync(path.join(folder, 'secret'), 'a long enough secret\n')
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function read(text: string, variables: Readonly<Record<string, string>> = {}) {
	const file = path.join(folder, 'operator.yml')
	writeFileSync(file, text)
	return readOperator(file, variables)
}

describe('the operator’s settings', () => {
	it('need nothing but the credentials, from variables as for any App of Probot', () => {
		const result = readOperator(undefined, environment)
		expect(result).toMatchObject({
			ok: true,
			credentials: { appId: 7, privateKey: key, webhookSecret: 'a long enough secret' },
			operator: { listen: { host: '127.0.0.1', port: 3000 }, engine: 'local' },
		})
	})

	it('take secrets from files beside the settings', () => {
		const text = 'app:\n  id: 9\n  private_key_file: key.pem\n  webhook_secret_file: secret\nworkers:\n  slow: 4\n'
		expect(read(text)).toMatchObject({
			ok: true,
			credentials: { appId: 9, privateKey: key, webhookSecret: 'a long enough secret' },
			operator: { workers: { slow: 4, quick: 2 } },
		})
	})

	it('name everything that is wrong at once', () => {
		expect(read('')).toEqual({
			ok: false,
			problems: [
				'app.private_key_file: there is none, and no PRIVATE_KEY in the environment',
				'app.webhook_secret_file: there is none, and no WEBHOOK_SECRET in the environment',
				'app.id: there is none, and no APP_ID in the environment',
			],
		})
		const result = read('workers:\n  slow: none\nsecret: x\n', environment)
		expect(result).toMatchObject({
			ok: false,
			problems: [expect.stringContaining('workers.slow'), expect.stringContaining('secret')],
		})
	})

	it('refuse a secret that can be guessed, and a key that is none, without showing them', () => {
		const result = readOperator(undefined, { ...environment, WEBHOOK_SECRET: 'short', PRIVATE_KEY: 'nonsense' })
		expect(result).toMatchObject({ ok: false })
		expect(JSON.stringify(result)).not.toMatch(/short"|nonsense/)
	})

	it('that cannot be read say so', () => {
		expect(readOperator(path.join(folder, 'none.yml'), environment)).toMatchObject({ ok: false })
		expect(read('a: [', environment)).toMatchObject({ ok: false })
	})
})
