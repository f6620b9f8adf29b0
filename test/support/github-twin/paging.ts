/** Pages of lists, with the `Link` header that leads from one to the next. */
import type { Reply } from './operation.ts'

export interface Paged {
	readonly data: unknown
	readonly headers: Readonly<Record<string, string>>
}

const usual = 30
const most = 100

/** @param url the address that was asked for, which the links repeat with other pages */
export function paged(reply: Reply, url: URL): Paged {
	if (reply.list === undefined) return { data: reply.data, headers: {} }
	const { items, wrap } = reply.list
	const size = Math.min(Number(url.searchParams.get('per_page') ?? usual), most)
	const number = Math.max(1, Number(url.searchParams.get('page') ?? 1))
	const last = Math.max(1, Math.ceil(items.length / size))
	const shown = items.slice((number - 1) * size, number * size)
	const link = (page: number, relation: string): string => {
		const target = new URL(url)
		target.searchParams.set('page', String(page))
		return `<${target.href}>; rel="${relation}"`
	}
	const links = [
		...(number > 1 ? [link(number - 1, 'prev'), link(1, 'first')] : []),
		...(number < last ? [link(number + 1, 'next'), link(last, 'last')] : []),
	]
	return {
		data: wrap === undefined ? shown : { total_count: items.length, [wrap]: shown },
		headers: links.length === 0 ? {} : { link: links.join(', ') },
	}
}
