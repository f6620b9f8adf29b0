import { z } from 'zod'
import { operatorSchema } from '#app/operator.ts'
import { permissions, refused, subscribed, unasked } from '#app/permissions.ts'
import type { SchemaNode } from './configuration.ts'
import { rowsOf } from './configuration.ts'

/** The App as GitHub's manifest flow and Probot's setup page read it. */
export function renderAppManifest(): string {
	const lines = [
		'# Printed from src/app/permissions.ts by npm run docs. docs/permissions.md says why each line is here.',
		'name: Reglue',
		'description: Turns DataStage and SSIS exports into AWS Glue jobs, and proves that both give the same rows.',
		'url: https://github.com/apps/reglue',
		'public: false',
		'default_permissions:',
		...Object.entries(permissions).map(([name, { level }]) => `  ${name}: ${level}`),
		'default_events:',
		...Object.keys(subscribed).map((event) => `  - ${event}`),
	]
	return `${lines.join('\n')}\n`
}

export function renderPermissions(): string {
	const list = (table: Readonly<Record<string, string>>): string =>
		Object.entries(table)
			.map(([name, why]) => `| \`${name}\` | ${why} |`)
			.join('\n')
	const asked = Object.entries(permissions).map(
		([name, { level, why, without }]) => `| \`${name}\` | ${level} | ${why} | ${without} |`,
	)
	return `<!-- Printed from src/app/permissions.ts by npm run docs. -->

# Permissions of the GitHub App

What \`app.yml\` asks for, and why. Each piece of work gets a token of its own that holds for an hour and for the one repository that the work is for.

| permission | level | what for | without it |
| --- | --- | --- | --- |
${asked.join('\n')}

## What it does not ask for

| permission | why not |
| --- | --- |
${list(refused)}

## Events

| event | why |
| --- | --- |
${list(subscribed)}

GitHub sends these to every App:

| event | why |
| --- | --- |
${list(unasked)}

## What the bot never does

- It never writes to a branch outside of \`reglue/\`, never merges, never approves, never deletes what a person made.
- It never rewrites history, but for \`/migrate recreate\`, which says so.
- It never runs code, hooks or templates of a repository in the App: what it runs is what it generated itself, on the operator's engine, with an empty environment.
- It never acts on a fork's pull request but by reading it and posting the check.
- It never takes settings from anywhere but the default branch, nor lets them allow more than the operator does.
`
}

export function renderOperatorReference(): string {
	const schema = z.toJSONSchema(operatorSchema, { io: 'input' }) as SchemaNode
	return `<!-- Printed from src/app/operator.ts by npm run docs. -->

# Settings of the operator

The file that \`reglue serve --config\` reads. Every key has a default but the App's credentials, which may also come from variables. A key that is not listed here is an error. [operating.md](operating.md) tells how the App is run.

| key | default | meaning |
| --- | --- | --- |
${rowsOf(schema, '').join('\n')}
`
}
