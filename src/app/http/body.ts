/** Bodies of requests, up to a limit each and all of them together: nobody has proven who they are yet. */
import type { IncomingMessage } from 'node:http'

export type Body =
	| { readonly ok: true; readonly bytes: Buffer }
	| { readonly ok: false; readonly why: 'too large' | 'too much at once' | 'broken off' }

export interface BodyReader {
	read(request: IncomingMessage): Promise<Body>
}

export function bodyReader(limits: { readonly one: number; readonly all: number }): BodyReader {
	let held = 0
	return {
		read: async (request) => {
			const announced = Number(request.headers['content-length'] ?? 0)
			if (announced > limits.one) return { ok: false, why: 'too large' }
			if (held + announced > limits.all) return { ok: false, why: 'too much at once' }
			const parts: Buffer[] = []
			let size = 0
			try {
				for await (const part of request) {
					if (!Buffer.isBuffer(part)) return { ok: false, why: 'broken off' }
					size += part.length
					held += part.length
					if (size > limits.one) return { ok: false, why: 'too large' }
					if (held > limits.all) return { ok: false, why: 'too much at once' }
					parts.push(part)
				}
			} catch {
				return { ok: false, why: 'broken off' }
			} finally {
				held -= size
			}
			return { ok: true, bytes: Buffer.concat(parts) }
		},
	}
}
