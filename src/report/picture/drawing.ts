/** Boxes and arrows as SVG. Sizes are attributes and colours are classes: the page's policy allows no style attribute. */
import type { Html } from '../html.ts'
import { html, join } from '../html.ts'
import type { Box, Edge, Layout, Point } from './layout.ts'
import { layOut } from './layout.ts'

/** Part of a picture with its size. */
export interface Drawing extends Box {
	readonly markup: Html
}

export interface Arrow extends Edge {
	readonly label: string
	/** Shown on the picture too, not only when one points at it. */
	readonly shown: boolean
	readonly look: 'plain' | 'bad' | 'side'
}

const boxSize = { width: 196, height: 46 } as const
/** What fits into a box, in small letters; capitals are wider. */
const mostLetters = 23
const capital = 1.22

/** A container is not made wider than this by its name. */
const widestHeading = 420

/** What stands in a box. */
export interface Label {
	readonly title: string
	readonly sub: string
	readonly classes: string
	/** Number of the element in its job; absent where it is none. */
	readonly element: number | undefined
	/** Target of a link to the element's text. */
	readonly href: string | undefined
}

export function drawBox({ title, sub, classes, element, href }: Label): Drawing {
	const { width, height } = boxSize
	const box = html`<g class="box ${classes}"${element === undefined ? undefined : html` data-e="${element}"`}><title>${title}, ${sub}</title><rect width="${width}" height="${height}" rx="7"/><rect class="edge" width="5" height="${height}" rx="2.5"/><text x="15" y="20">${short(title)}</text><text x="15" y="36" class="sub">${short(sub)}</text></g>`
	return { width, height, markup: href === undefined ? box : html`<a href="${href}">${box}</a>` }
}

/** A box around another drawing. */
export function drawFrame(label: Label, inner: Drawing): Drawing {
	const pad = 12
	const head = 34
	const words = Math.min(8 * label.title.length + 7 * Math.min(label.sub.length, mostLetters) + 3 * pad, widestHeading)
	const width = Math.max(boxSize.width, words, inner.width + 2 * pad)
	const height = head + inner.height + pad
	const { title, sub, classes, element } = label
	return {
		width,
		height,
		markup: html`<g class="frame ${classes}"${element === undefined ? undefined : html` data-e="${element}"`}><title>${title}, ${sub}</title><rect width="${width}" height="${height}" rx="9"/><text x="${pad}" y="22">${words === widestHeading ? short(title) : title}<tspan class="sub" dx="8">${short(sub)}</tspan></text></g>${moved(inner.markup, { x: (width - inner.width) / 2, y: head })}`,
	}
}

/** Drawings placed by their arrows. */
export function drawGraph(parts: readonly Drawing[], arrows: readonly Arrow[], direction: 'right' | 'down'): Drawing {
	const layout = layOut(parts, arrows, direction)
	return {
		width: layout.width,
		height: layout.height,
		markup: html`${arrows.map((arrow, index) => drawArrow(arrow, layout, index, direction))}${parts.map(({ markup }, index) => moved(markup, layout.boxes[index] ?? { x: 0, y: 0 }))}`,
	}
}

function drawArrow({ label, shown, look }: Arrow, layout: Layout, index: number, direction: 'right' | 'down'): Html {
	const points = layout.edges[index] ?? []
	const last = points.at(-1)
	const before = points.at(-2)
	if (last === undefined || before === undefined) return html``
	const middle = { x: (last.x + before.x) / 2, y: (last.y + before.y) / 2 }
	const text =
		shown && label !== ''
			? html`<text class="on" x="${round(middle.x)}" y="${round(middle.y)}" text-anchor="middle">${short(label)}</text>`
			: undefined
	return html`<g class="arrow ${look}">${label === '' ? undefined : html`<title>${label}</title>`}<path d="${path(points, direction)}"/><path class="head" d="${head(last, direction)}"/>${text}</g>`
}

function path(points: readonly Point[], direction: 'right' | 'down'): string {
	const [first, ...rest] = points
	if (first === undefined) return ''
	let from = first
	const curves = rest.map((to) => {
		const half = direction === 'right' ? (to.x - from.x) / 2 : (to.y - from.y) / 2
		const [one, two] =
			direction === 'right'
				? [`${round(from.x + half)} ${round(from.y)}`, `${round(to.x - half)} ${round(to.y)}`]
				: [`${round(from.x)} ${round(from.y + half)}`, `${round(to.x)} ${round(to.y - half)}`]
		from = to
		return `C${one} ${two} ${round(to.x)} ${round(to.y)}`
	})
	return `M${round(first.x)} ${round(first.y)}${curves.join('')}`
}

function head({ x, y }: Point, direction: 'right' | 'down'): string {
	const [px, py] = [round(x), round(y)]
	return direction === 'right' ? `M${px} ${py}l-7 -4v8z` : `M${px} ${py}l-4 -7h8z`
}

/** The whole picture, in a region of its own that scrolls by touch and by keys. */
export function drawPicture({ width, height, markup }: Drawing, name: string): Html {
	const margin = 10
	const [w, h] = [Math.ceil(width) + 2 * margin, Math.ceil(height) + 2 * margin]
	return html`<div class="picture" role="region" tabindex="0" aria-label="${name}"><svg role="img" aria-label="${name}" width="${w}" height="${h}" viewBox="${-margin} ${-margin} ${w} ${h}">${markup}</svg></div>`
}

function moved(markup: Html, { x, y }: Point): Html {
	return html`<g transform="translate(${round(x)} ${round(y)})">${join([markup])}</g>`
}

const round = (value: number): number => Math.round(value * 10) / 10

function short(text: string): string {
	let room = mostLetters
	let end = 0
	const letters = Array.from(text.replaceAll(/\s+/g, ' ').trim())
	for (const letter of letters) {
		room -= /[\p{Lu}\p{Lo}@%]/u.test(letter) ? capital : 1
		if (room < 0) return `${letters.slice(0, Math.max(1, end - 1)).join('')}…`
		end++
	}
	return letters.join('')
}
