import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { createLogger, logOf } from '#app/log/log.ts'
import { createRedactor } from '#app/log/redactor.ts'

const key = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs8', format: 'pem' })
const secrets = {
	token: 'ghs_0123456789abcdefghij0123456789ABCDEF',
	webhook: 'a "quoted" webhook secret with ümläuts',
	key: key.toString(),
}

function logging() {
	const redactor = createRedactor()
	for (const secret of Object.values(secrets)) redactor.add(secret)
	const lines: string[] = []
	const logger = createLogger({ level: 'debug', redactor, write: (line) => void lines.push(line) })
	return { redactor, logger, log: logOf(logger), lines, text: () => lines.join('') }
}

const base64 = (text: string): string => Buffer.from(text).toString('base64')
/** Everything that would give a secret away, however it was wrapped. */
const traces = Object.values(secrets).flatMap((secret) => {
	const [line = ''] = secret.split('\n').slice(secret.startsWith('-----') ? 3 : 0)
	return [line, base64(line).slice(4, -4), base64(`x${line}`).slice(4, -4), base64(`xy${line}`).slice(4, -4)]
})

describe('a log', () => {
	it.each(Object.entries(secrets))(
		'shows the %s nowhere: in texts, fields, names, errors, or what was encoded',
		(_name, secret) => {
			const { log, logger, text } = logging()
			const error = new Error(`it said ${secret}`, { cause: new Error(`because of ${secret}`) })
			log.info(`text ${secret}`, { deep: { list: [secret, { [`name`]: secret }] } })
			log.warn('basic', { header: `Basic ${base64(`x-access-token:${secret}`)}` })
			log.warn('url', { url: `https://example.test/?q=${encodeURIComponent(secret)}` })
			log.error('error', { err: error, all: new AggregateError([error], secret) })
			logger.error(error)
			logger.child({ bound: secret }).debug('child of %s', secret)
			for (const trace of traces) expect(text()).not.toContain(trace)
			for (const line of text().trim().split('\n')) expect(JSON.parse(line)).toBeTypeOf('object')
		},
	)

	it('shows no secrets that nobody told it of, where they look like one', () => {
		const { log, text } = logging()
		log.info('Server=db;Password=hunter2hunter2;', { url: 'https://user:pa55word@example.test/' })
		expect(text()).not.toContain('hunter2')
		expect(text()).not.toContain('pa55word')
	})

	it('is one object a line with time, level, text and fields', () => {
		const { log, lines } = logging()
		log.info('stored', { delivery: 'd1', count: 2, at: new Date(0), bytes: new Uint8Array(3) })
		expect(JSON.parse(lines[0] ?? '')).toMatchObject({
			level: 'info',
			msg: 'stored',
			delivery: 'd1',
			count: 2,
			at: '1970-01-01T00:00:00.000Z',
			bytes: '3 bytes',
		})
	})

	it('cuts texts that somebody made long', () => {
		const { log, text } = logging()
		log.info('x'.repeat(100_000), { y: 'y'.repeat(100_000) })
		expect(text().length).toBeLessThan(9000)
	})

	it('ends with things that hold themselves', () => {
		const { log, text } = logging()
		const loop: Record<string, unknown> = {}
		loop['self'] = loop
		log.info('loop', { loop })
		expect(text()).toContain('…')
	})
})

describe('a redactor', () => {
	it('forgets a secret that is none any more, unless it was added twice', () => {
		const redactor = createRedactor()
		const forget = redactor.add('a secret of today')
		const again = redactor.add('a secret of today')
		forget()
		expect(redactor.known('a secret of today')).toBe('***')
		again()
		expect(redactor.known('a secret of today')).toBe('a secret of today')
	})

	it('leaves what people wrote alone but for the secrets it knows', () => {
		const redactor = createRedactor()
		redactor.add('the real secret')
		expect(redactor.known('password=example and the real secret')).toBe('password=example and ***')
	})
})
