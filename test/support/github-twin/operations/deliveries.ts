import type { Operation } from '../operation.ts'
import { ok, operation, page } from '../operation.ts'
import { notFound } from '../refusal.ts'
import type { Delivery, Webhooks } from '../webhooks.ts'

/** The App's own view of what GitHub tried to tell it, and its way to hear it again. */
export function deliveryOperations(webhooks: Webhooks): readonly Operation[] {
	const withAttempt = (id: number) => {
		for (const delivery of webhooks.deliveries) {
			const attempt = delivery.attempts.find((known) => known.id === id)
			if (attempt !== undefined) return { delivery, attempt }
		}
		throw notFound()
	}
	return [
		operation('GET /app/hook/deliveries', 'app', (_call, input) => {
			const attempts = webhooks.deliveries.flatMap((delivery) =>
				delivery.attempts.map((attempt) => render(delivery, attempt)),
			)
			const failed = (attempt: { readonly status_code: number }) =>
				attempt.status_code < 200 || attempt.status_code > 399
			return page(attempts.filter((attempt) => input.status !== 'failure' || failed(attempt)).reverse())
		}),

		operation('GET /app/hook/deliveries/{delivery_id}', 'app', (_call, input) => {
			const { delivery, attempt } = withAttempt(input.delivery_id)
			const { headers, body } = webhooks.request(delivery)
			return ok({ ...render(delivery, attempt), request: { headers, payload: JSON.parse(body) } })
		}),

		operation('POST /app/hook/deliveries/{delivery_id}/attempts', 'app', (_call, input) => {
			const { delivery } = withAttempt(input.delivery_id)
			// GitHub answers first and sends afterwards.
			setImmediate(() => void webhooks.send(delivery))
			return { status: 202, data: {} }
		}),
	]
}

function render(delivery: Delivery, attempt: Delivery['attempts'][number]) {
	return {
		id: attempt.id,
		guid: delivery.guid,
		delivered_at: delivery.at,
		redelivery: attempt.redelivery,
		duration: 0.1,
		status: attempt.status >= 200 && attempt.status < 400 ? 'OK' : 'failed',
		status_code: attempt.status,
		event: delivery.event,
		action: delivery.action ?? null,
		installation_id: delivery.installation ?? null,
	}
}
