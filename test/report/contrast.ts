/**
 * Runs inside the page: texts whose contrast with what is behind them is below 4.5, the least that WCAG 2.2 (1.4.3, level AA)
 * allows for text of normal size.
 */
export function badContrasts(): readonly string[] {
	type Colour = readonly [number, number, number]

	const parse = (text: string): { readonly colour: Colour; readonly alpha: number } => {
		const [red = 0, green = 0, blue = 0, alpha = 1] = (text.match(/[\d.]+/g) ?? []).map(Number)
		return { colour: [red, green, blue], alpha: text === 'none' ? 0 : alpha }
	}
	const luminance = (colour: Colour): number => {
		const [red = 0, green = 0, blue = 0] = colour.map((part) => {
			const share = part / 255
			return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
		})
		return 0.2126 * red + 0.7152 * green + 0.0722 * blue
	}
	const behind = (element: Element): Colour => {
		for (let part: Element | null = element; part !== null; part = part.parentElement) {
			const rect = part.classList.contains('box') ? part.querySelector('rect') : null
			const { colour, alpha } = parse(
				rect === null ? getComputedStyle(part).backgroundColor : getComputedStyle(rect).fill,
			)
			if (alpha > 0.99) return colour
		}
		return [255, 255, 255]
	}
	const bad = new Set<string>()
	for (const element of document.querySelectorAll('body *')) {
		const texts = [...element.childNodes].filter(
			(node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim() !== '',
		)
		if (texts.length === 0 || !element.checkVisibility() || element.tagName === 'TITLE' || element.tagName === 'SCRIPT')
			continue
		const style = getComputedStyle(element)
		const { colour } = parse(element instanceof SVGElement ? style.fill : style.color)
		const [lighter = 0, darker = 0] = [luminance(colour), luminance(behind(element))].toSorted((a, b) => b - a)
		const contrast = (lighter + 0.05) / (darker + 0.05)
		if (contrast < 4.5)
			bad.add(
				`${element.tagName}.${element.getAttribute('class') ?? ''} ${contrast.toFixed(2)}: ${texts[0]?.textContent?.slice(0, 30) ?? ''}`,
			)
	}
	return [...bad]
}
