/** A `fetch` for octokit that always ends, hands over whole answers only, and follows redirects without surprises. */

export interface Transport {
	/** Milliseconds for one request with its answer. */
	readonly timeout: number
	readonly fetch: typeof fetch
}

const mostRedirects = 3

/**
 * Three traps are closed here. Without a signal octokit waits for ever. An answer that breaks off in its body is taken
 * for an empty one. And `fetch` turns a redirected POST into a GET, which looks like success.
 */
export function transport({ timeout, fetch }: Transport): typeof globalThis.fetch {
	return async (input, init = {}) => {
		const signal = AbortSignal.any([AbortSignal.timeout(timeout), ...(init.signal == null ? [] : [init.signal])])
		let url = new URL(input instanceof Request ? input.url : input)
		let request: RequestInit = { ...init, signal, redirect: 'manual' }
		for (let redirects = 0; ; redirects++) {
			const response = await send(fetch, url, request)
			const location = response.headers.get('location')
			if (location === null || ![301, 302, 307, 308].includes(response.status) || redirects === mostRedirects) {
				return response
			}
			const target = new URL(location, url)
			const reading = request.method === undefined || request.method === 'GET'
			if (target.origin !== url.origin) {
				// Another host gets neither the token nor a write; files are fetched from such places.
				if (!reading) return response
				const { authorization: _kept, ...headers } = Object.fromEntries(new Headers(request.headers))
				request = { ...request, headers }
			}
			url = target
		}
	}
}

/** Reads the whole answer, so that a connection that ends within it is an error and not an empty answer. */
async function send(fetch: typeof globalThis.fetch, url: URL, request: RequestInit): Promise<Response> {
	const answer = await fetch(url, request)
	const bytes = await answer.arrayBuffer()
	const empty = [204, 205, 304].includes(answer.status)
	const { status, statusText, headers } = answer
	const whole = new Response(empty ? null : bytes, { status, statusText, headers: withoutEncoding(headers) })
	Object.defineProperty(whole, 'url', { value: url.href })
	return whole
}

/** The bytes are unpacked already. */
function withoutEncoding(headers: Headers): Headers {
	const kept = new Headers(headers)
	kept.delete('content-encoding')
	kept.delete('content-length')
	return kept
}
