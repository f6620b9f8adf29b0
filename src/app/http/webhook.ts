/**
 * Where GitHub tells what happened: check who speaks, keep what was said, answer. Nothing else is done before the answer,
 * and nothing is answered with 202 that is not on disk.
 *
 * https://docs.github.com/en/webhooks/using-webhooks/best-practices-for-using-webhooks
 */
import type { IncomingMessage } from 'node:http'
import type { Log } from '#bot/bot.ts'
import type { BodyReader } from './body.ts'

export interface WebhookOptions {
	readonly body: BodyReader
	/** Whether the signature is the one that the secret gives the text. */
	readonly verify: (text: string, signature: string) => Promise<boolean>
	/** Whether anybody listens to the event; others are answered and forgotten. */
	readonly concerns: (event: string) => boolean
	/** Keeps the delivery. @throws where it could not be kept */
	readonly receive: (delivery: {
		readonly id: string
		readonly event: string
		readonly payload: object
	}) => Promise<void>
	readonly log: Log
}

/** What is answered; the words are for the person who looks at the App's deliveries on GitHub. */
export interface Answer {
	readonly status: number
	readonly text: string
	/** For the counter of deliveries. */
	readonly outcome: 'kept' | 'ignored' | 'refused' | 'failed'
}

export async function answerWebhook(request: IncomingMessage, options: WebhookOptions): Promise<Answer> {
	const { headers } = request
	const event = one(headers['x-github-event'])
	const id = one(headers['x-github-delivery'])
	const signature = one(headers['x-hub-signature-256'])
	const type = headers['content-type'] ?? ''
	if (!/^application\/json\s*(?:;|$)/i.test(type)) return refused(415, 'the App wants its webhooks as application/json')
	if (!/^[a-z_]{1,100}$/.test(event) || !/^[\w-]{1,100}$/.test(id)) return refused(400, 'this is no delivery of GitHub')
	if (!/^sha256=[0-9a-f]{64}$/.test(signature)) return refused(401, 'the delivery is not signed with a webhook secret')
	const body = await options.body.read(request)
	if (!body.ok) {
		if (body.why === 'too large') return refused(413, 'the delivery is larger than this App takes')
		if (body.why === 'too much at once') return refused(503, 'too many deliveries arrive at once; send it again later')
		return refused(400, 'the delivery broke off')
	}
	const text = decoded(body.bytes)
	if (text === undefined || !(await options.verify(text, signature))) {
		options.log.warn('a delivery with a wrong signature was refused', { delivery: id, event })
		return refused(401, 'the signature is not that of the webhook secret')
	}
	if (!options.concerns(event)) return { status: 202, text: 'nothing to do for this event', outcome: 'ignored' }
	const payload = parsed(text)
	if (payload === undefined) return refused(400, 'the delivery holds no JSON object')
	try {
		await options.receive({ id, event, payload })
	} catch (error) {
		options.log.error('a delivery could not be kept', { delivery: id, event, err: error })
		return { status: 500, text: 'the delivery could not be kept; the App asks for it again', outcome: 'failed' }
	}
	return { status: 202, text: 'kept', outcome: 'kept' }
}

const refused = (status: number, text: string): Answer => ({ status, text, outcome: 'refused' })

function one(header: string | string[] | undefined): string {
	return typeof header === 'string' ? header : ''
}

/** The text that has exactly these bytes, so that what was signed is what is read. */
function decoded(bytes: Buffer): string | undefined {
	try {
		return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
	} catch {
		return undefined
	}
}

function parsed(text: string): object | undefined {
	try {
		const value: unknown = JSON.parse(text)
		return typeof value === 'object' && value !== null ? value : undefined
	} catch {
		return undefined
	}
}
