import { z } from 'zod'
import { decisionsSchema } from '#pipeline/decisions/file.ts'
import { cell } from '#publish/markdown.ts'

const node = z.object({
	properties: z.record(
		z.string(),
		z
			.object({
				description: z.string().default(''),
				items: z
					.object({
						properties: z.record(z.string(), z.object({ description: z.string().default('') }).loose()),
						required: z.array(z.string()).default([]),
					})
					.loose()
					.optional(),
			})
			.loose(),
	),
})

/** Prints what `decisions.yml` of a unit may say, from the schema that reads it. */
export function renderDecisionsFile(): string {
	const { properties } = node.parse(z.toJSONSchema(decisionsSchema, { io: 'input' }))
	const rows = Object.entries(properties).flatMap(([key, { description, items }]) => [
		`| \`${key}\` | | ${description} |`,
		...Object.entries(items?.properties ?? {}).map(
			([name, inner]) =>
				`| ${cell(`${key}[].${name}`)} | ${items?.required.includes(name) === true ? 'required' : ''} | ${inner.description} |`,
		),
	])
	return `<!-- Printed from src/pipeline/decisions/file.ts by npm run docs. -->

# decisions.yml

What people decided about one unit, in the unit's folder below \`generated/\`. It is written by hand or by \`/migrate\` commands in the unit's pull request ([commands.md](commands.md)), is read from the unit's own branch, and survives every generation; \`/migrate recreate\` leaves it, too. Comments in it stay.

\`\`\`yaml
version: 1
options:
  - key: glue.workers
    value: 4
    by: dana
    at: 2026-11-21
mappings:
  - { kind: path, from: /data/in/, to: s3://landing/ }
  - { kind: connection, from: ORACLE_DW, to: dw }
  - { kind: table, from: DWH.CUSTOMERS, to: sales.customers }
  - { kind: column, from: DWH.CUSTOMERS.CUST_NO, to: customer_id }
jobs:
  - { job: Nightly, decision: skipped, note: replaced by the new feed }
differences:
  - { job: Daily, id: RG-D003, element: Daily/LkpCustomer, decision: accepted, by: dana, at: 2026-11-21 }
\`\`\`

| key | | meaning |
| --- | --- | --- |
${rows.join('\n')}

With anything wrong in it the file decides nothing, and its line is reported. There is no key for permissions, limits, engines, roles or anything that costs money: those are settings of the default branch or of the operator. Options win over \`.github/reglue.yml\`, and so do mappings. An entry with a \`comment\` came from a command; a command that is older than it changes nothing.
`
}
