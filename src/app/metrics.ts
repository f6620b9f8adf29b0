/** What an operator watches, in the format of Prometheus. Names of repositories are not in it. */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { WorkStore } from '#queue/store.ts'

export interface Metrics {
	/** A delivery was answered. */
	delivery(event: string, outcome: string, seconds: number): void
	/** A piece of work came to an end. */
	work(kind: string, ending: string, seconds: number): void
	/** Deliveries that GitHub was asked to make again. */
	readonly askedAgain: (count: number) => void
	text(): Promise<string>
	readonly type: string
}

/** Events that have a name of their own in the figures: what is sent to us must not make new ones. */
export function createMetrics(store: WorkStore, events: readonly string[]): Metrics {
	const registry = new Registry()
	collectDefaultMetrics({ register: registry, prefix: 'reglue_' })
	const deliveries = new Counter({
		name: 'reglue_deliveries_total',
		help: 'Deliveries that were answered.',
		labelNames: ['event', 'outcome'],
		registers: [registry],
	})
	const answers = new Histogram({
		name: 'reglue_delivery_seconds',
		help: 'Time from a delivery to its answer; GitHub waits ten seconds.',
		buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
		registers: [registry],
	})
	const works = new Histogram({
		name: 'reglue_work_seconds',
		help: 'Time that pieces of work took, by how they ended.',
		labelNames: ['kind', 'ending'],
		buckets: [0.1, 0.5, 1, 5, 15, 60, 300, 1800],
		registers: [registry],
	})
	const asked = new Counter({
		name: 'reglue_deliveries_asked_again_total',
		help: 'Deliveries that GitHub was asked to make again.',
		registers: [registry],
	})
	const queue = new Gauge({
		name: 'reglue_queue',
		help: 'Pieces of work in the queue; scopes, where parked.',
		labelNames: ['state'],
		registers: [registry],
	})
	const oldest = new Gauge({
		name: 'reglue_queue_oldest_seconds',
		help: 'How long the oldest work that could run has been waiting.',
		registers: [registry],
	})
	return {
		delivery: (event, outcome, seconds) => {
			deliveries.inc({ event: events.includes(event) ? event : 'other', outcome })
			answers.observe(seconds)
		},
		work: (kind, ending, seconds) => works.observe({ kind, ending }, seconds),
		askedAgain: (count) => asked.inc(count),
		type: registry.contentType,
		text: async () => {
			const counts = await store.counts()
			for (const state of ['waiting', 'running', 'failed', 'parked'] as const) queue.set({ state }, counts[state])
			oldest.set(counts.oldest / 1000)
			return registry.metrics()
		},
	}
}
