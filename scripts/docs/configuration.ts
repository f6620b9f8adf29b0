import { configJsonSchema } from '#config/json-schema.ts'

export interface SchemaNode {
	readonly description?: string
	readonly default?: unknown
	readonly enum?: readonly unknown[]
	readonly type?: string
	readonly properties?: Readonly<Record<string, SchemaNode>>
	readonly additionalProperties?: SchemaNode | boolean
}

/** Prints every key of `.github/reglue.yml`, from the schema that reads it. */
export function renderConfiguration(): string {
	const rows = rowsOf(configJsonSchema(), '')
	return `<!-- Printed from src/config/schema.ts by npm run docs. -->

# Configuration

\`.github/reglue.yml\`, read from the nearest folder above the exports, or from \`--config\`. Every key has a default: an empty file works, and so does none. A key that is not listed here is an error, reported with its line; \`reglue config validate\` reports all problems at once. \`docs/reglue.schema.json\` is the same as JSON Schema, for editors.

| key | default | meaning |
| --- | --- | --- |
${rows.join('\n')}
`
}

export function renderSchema(): string {
	return `${JSON.stringify(configJsonSchema(), undefined, '\t')}\n`
}

/** One row for each key, with those inside it below. */
export function rowsOf(node: SchemaNode, prefix: string): readonly string[] {
	return Object.entries(node.properties ?? {}).flatMap(([key, child]) => {
		const path = `${prefix}${key}`
		const own = `| \`${path}\` | ${defaultOf(child)} | ${child.description ?? ''}${choices(child)} |`
		if (child.properties !== undefined) return [own, ...rowsOf(child, `${path}.`)]
		const inner = child.additionalProperties
		return typeof inner === 'object' && inner.properties !== undefined
			? [own, ...rowsOf(inner, `${path}.NAME.`)]
			: [own]
	})
}

function defaultOf(node: SchemaNode): string {
	if (node.default === undefined || node.properties !== undefined) return ''
	return `\`${JSON.stringify(node.default)}\``
}

function choices(node: SchemaNode): string {
	return node.enum === undefined ? '' : ` One of ${node.enum.map((choice) => `\`${String(choice)}\``).join(', ')}.`
}
