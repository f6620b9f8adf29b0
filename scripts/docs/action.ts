import { stringify } from 'yaml'
import { inputs } from '#action/inputs.ts'
import { outputs } from '#action/summary.ts'

/** Prints `action.yml`: the inputs are the settings of the file, and both come from the schema. */
export function renderAction(): string {
	const description = {
		name: 'Reglue',
		description:
			'Migrates DataStage and SSIS exports to AWS Glue in pull requests, and proves that the new jobs give the same rows',
		branding: { icon: 'git-pull-request', color: 'blue' },
		inputs: Object.fromEntries(
			inputs.map(({ name, description, default: value = '' }) => [
				name,
				{ description, required: false, default: value },
			]),
		),
		outputs: Object.fromEntries(Object.entries(outputs).map(([name, text]) => [name, { description: text }])),
		runs: { using: 'node24', main: 'dist/index.js' },
	}
	return `# Printed from src/action/inputs.ts and src/action/summary.ts by npm run docs.\n${stringify(description, { lineWidth: 120 })}`
}
