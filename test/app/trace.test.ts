import { AsyncLocalStorage } from 'node:async_hooks'
import type { Context, ContextManager, Span, TextMapPropagator, Tracer } from '@opentelemetry/api'
import { context, propagation, ROOT_CONTEXT, trace } from '@opentelemetry/api'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { currentTrace, inSpan } from '#app/trace.ts'

/** What an operator's SDK would have seen. */
let seen: { name: string; parent: unknown; attributes: unknown; status: unknown; ended: boolean }[]
const parentKey = Symbol('parent')

const storage = new AsyncLocalStorage<Context>()
const manager: ContextManager = {
	active: () => storage.getStore() ?? ROOT_CONTEXT,
	with: (now, work, self, ...args) => storage.run(now, () => work.call(self, ...args)),
	bind: (_now, target) => target,
	enable: () => manager,
	disable: () => manager,
}
const propagator: TextMapPropagator = {
	inject: (now, carrier, setter) => setter.set(carrier, 'traceparent', `in ${String(now.getValue(parentKey))}`),
	extract: (now, carrier, getter) => now.setValue(parentKey, getter.get(carrier, 'traceparent')),
	fields: () => ['traceparent'],
}
const startActiveSpan = (
	name: string,
	options: { attributes?: unknown },
	from: Context,
	work: (span: Span) => unknown,
) => {
	const entry = {
		name,
		parent: from.getValue(parentKey),
		attributes: options.attributes,
		status: undefined as unknown,
		ended: false,
	}
	seen.push(entry)
	const span = { setStatus: (status: unknown) => (entry.status = status), end: () => (entry.ended = true) }
	return context.with(from.setValue(parentKey, name), () => work(span as unknown as Span))
}

beforeEach(() => {
	seen = []
	context.setGlobalContextManager(manager)
	propagation.setGlobalPropagator(propagator)
	trace.setGlobalTracerProvider({ getTracer: () => ({ startActiveSpan }) as unknown as Tracer })
})
afterEach(() => {
	context.disable()
	propagation.disable()
	trace.disable()
})

describe('a trace', () => {
	it('goes on where the work of a delivery is done, in another process even', async () => {
		const kept = await inSpan('delivery', { kind: 'server', attributes: { event: 'push' } }, async () => currentTrace())
		expect(kept).toBe('in delivery')
		await inSpan('work push', { kind: 'consumer', parent: kept }, async () => undefined)
		expect(seen).toMatchObject([
			{ name: 'delivery', attributes: { event: 'push' }, ended: true },
			{ name: 'work push', parent: 'in delivery', ended: true },
		])
	})

	it('tells of a failure by its kind alone: a message may hold what people wrote', async () => {
		const failing = inSpan('work push', {}, () => Promise.reject(new TypeError('of Dana')))
		await expect(failing).rejects.toThrow('of Dana')
		expect(seen).toMatchObject([{ status: { message: 'TypeError' }, ended: true }])
		expect(JSON.stringify(seen)).not.toContain('Dana')
	})

	it('costs nothing where no SDK is loaded', async () => {
		context.disable()
		propagation.disable()
		trace.disable()
		expect(await inSpan('work push', { parent: 'in delivery' }, async () => currentTrace())).toBeUndefined()
	})
})
