import { layers } from '../rules/layers.ts'

/** Prints the order of the folders of `src/`, from the table that the layer rule reads. */
export function renderLayers(): string {
	const rows = Object.entries(layers).map(([name, { rank, pure, beside, about }]) => {
		const others = beside.map((other) => `\`${other}\``).join(', ')
		return `| ${rank} | \`src/${name}\` | ${about} | ${others} | ${pure ? 'yes' : 'no'} |`
	})
	return `<!-- Printed from scripts/rules/layers.ts by npm run docs. -->

# Layers

A file imports from its own folder and from folders of a lower rank; folders of the same rank stand side by side and do not know each other, but for the exceptions named here. A pure layer has no file system, network, process, clock or randomness. \`npm run check\` enforces all of it.

| rank | folder | holds | may also use | pure |
| --- | --- | --- | --- | --- |
${rows.join('\n')}
`
}
