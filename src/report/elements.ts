/** The elements of a job by number, so that pictures, texts and code can point at each other in a few bytes. */
import type { AccountingItem } from '#model/accounting.ts'
import type { JobInput } from './input.ts'

export interface Element {
	readonly number: number
	readonly id: string
	readonly name: string
	readonly type: string
	readonly outcome: AccountingItem['outcome']
	readonly reason?: string
	/** Absent where the model is not there to tell. */
	readonly provenance?: AccountingItem['provenance']
}

export interface Elements {
	readonly all: readonly Element[]
	/** By the id of the accounting. */
	readonly byId: ReadonlyMap<string, Element>
	/** Target of a link to the element. */
	readonly href: (element: Element) => string
	/** What the element of a page is called in the document. */
	readonly anchor: (element: Element) => string
}

/** @param page what the job's page is called in the document, such as `j12` */
export function elementsOf({ report, model }: JobInput, page: string): Elements {
	const known = new Map(model?.accounting.map((item) => [item.id, item]))
	const all = report.accounting.items.map(({ id, type, outcome, reason }, number): Element => {
		const item = known.get(id)
		return {
			number,
			id,
			name: item?.name ?? lastPart(id),
			type,
			outcome,
			...(reason === undefined ? {} : { reason }),
			...(item === undefined ? {} : { provenance: item.provenance }),
		}
	})
	const anchor = ({ number }: Element): string => `${page}e${number}`
	return {
		all,
		byId: new Map(all.map((element) => [element.id, element])),
		anchor,
		href: (element) => `#${anchor(element)}`,
	}
}

const lastPart = (id: string): string => id.split(/[/\\]/).at(-1) ?? id
