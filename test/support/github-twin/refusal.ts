/** An answer of GitHub's that is not a success, thrown by operations and turned into a response by the server. */
export class Refusal extends Error {
	readonly status: number
	readonly errors: readonly unknown[] | undefined
	readonly headers: Readonly<Record<string, string>>

	constructor(
		status: number,
		message: string,
		errors?: readonly unknown[],
		headers: Readonly<Record<string, string>> = {},
	) {
		super(message)
		this.status = status
		this.errors = errors
		this.headers = headers
	}
}

export const notFound = (): Refusal => new Refusal(404, 'Not Found')

/** The shape of GitHub's answer to a request that is well-formed and still cannot be done. */
export function invalid(resource: string, field: string, code: string, message?: string): Refusal {
	const detail = message === undefined ? { resource, field, code } : { resource, field, code, message }
	return new Refusal(422, 'Validation Failed', [detail])
}
