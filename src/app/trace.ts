/**
 * Traces through the API of OpenTelemetry: they cost nothing until the operator loads an SDK beside the App. A piece of
 * work goes on with the trace of the delivery that brought it, across restarts.
 */
import type { Attributes, Span } from '@opentelemetry/api'
import { context, propagation, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api'

const tracer = () => trace.getTracer('reglue')

export interface SpanOptions {
	readonly kind?: 'server' | 'consumer' | 'internal'
	readonly attributes?: Attributes
	/** What `currentTrace` gave where the story began. */
	readonly parent?: string | undefined
}

const kinds = { server: SpanKind.SERVER, consumer: SpanKind.CONSUMER, internal: SpanKind.INTERNAL }

/** Runs something as a span; what it throws ends the span as failed and goes on. */
export function inSpan<T>(name: string, options: SpanOptions, work: (span: Span) => Promise<T>): Promise<T> {
	const { kind = 'internal', attributes = {}, parent } = options
	const from = parent === undefined ? context.active() : propagation.extract(context.active(), { traceparent: parent })
	return tracer().startActiveSpan(name, { kind: kinds[kind], attributes }, from, async (span) => {
		try {
			return await work(span)
		} catch (error) {
			// The kind alone: messages may hold what people wrote.
			const message = error instanceof Error ? error.name : 'error'
			span.setStatus({ code: SpanStatusCode.ERROR, message })
			throw error
		} finally {
			span.end()
		}
	})
}

/** The running trace in the words of https://www.w3.org/TR/trace-context/, to be kept with what it leads to. */
export function currentTrace(): string | undefined {
	const carrier: Record<string, string> = {}
	propagation.inject(context.active(), carrier)
	return carrier['traceparent']
}
