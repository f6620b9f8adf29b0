/**
 * What the process knows and nobody else may: each secret is looked for as it is, as JSON and URLs write it, line by
 * line, and in base64 wherever it may lie in what was encoded. Below that lies the net of `model/redact.ts`.
 */
import { redact } from '#model/redact.ts'

export interface Redactor {
	/** From now on this text shows nowhere. @returns ends that, for secrets that are no longer */
	add(secret: string): () => void
	/** A secret that lives for an hour, such as a token: the latest of them are remembered. */
	readonly addPassing: (secret: string) => void
	/** Without the secrets that were added, for texts that people wrote and that must otherwise stay as they are. */
	readonly known: (text: string) => string
	/** Without those, and without whatever looks like a secret. */
	clean(text: string): string
}

const hidden = '***'
/** Tokens of so many repositories may be in use at a time. */
const mostPassing = 200

export function createRedactor(): Redactor {
	const secrets = new Map<string, number>()
	const known = (text: string): string => {
		let safe = text
		for (const secret of secrets.keys()) if (safe.includes(secret)) safe = safe.replaceAll(secret, hidden)
		return safe
	}
	const add = (secret: string): (() => void) => {
		const forms = formsOf(secret)
		for (const form of forms) secrets.set(form, (secrets.get(form) ?? 0) + 1)
		return () => {
			for (const form of forms) {
				const left = (secrets.get(form) ?? 1) - 1
				if (left === 0) secrets.delete(form)
				else secrets.set(form, left)
			}
		}
	}
	const passing = new Map<string, () => void>()
	return {
		add,
		addPassing: (secret) => {
			if (passing.has(secret)) return
			passing.set(secret, add(secret))
			const [oldest] = passing
			if (passing.size <= mostPassing || oldest === undefined) return
			oldest[1]()
			passing.delete(oldest[0])
		},
		known,
		clean: (text) => redact(known(text)),
	}
}

/** Shorter pieces would blot out harmless texts. */
const shortest = 8
/** A piece of a private key that says anything. */
const shortestLine = 24

function formsOf(secret: string): readonly string[] {
	if (secret.trim().length < shortest) return []
	const texts = [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)]
	const lines = secret.split(/\r?\n/).filter((line) => line.length >= shortestLine && !line.startsWith('-----'))
	const encoded = [...inBase64(secret), ...inBase64(secret.replace(/\n$/, ''))]
	return [...new Set([...texts, ...lines, ...encoded, ...encoded.map(urlSafe)])].filter(
		({ length }) => length >= shortest,
	)
}

/** Base64 takes three bytes at a time, so a text within another one looks one of three ways, but for its ends. */
function inBase64(secret: string): readonly string[] {
	const bytes = Buffer.from(secret)
	return [0, 1, 2].map((before) => {
		const whole = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64')
		return whole.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6))
	})
}

const urlSafe = (text: string): string => text.replaceAll('+', '-').replaceAll('/', '_')
