/** The Terraform root module: the same for every unit, which it finds by their `jobs.json`. */
import { jobsTfFile } from './jobs-tf-file.ts'
import { logsFile } from './logs-file.ts'
import { mainFile } from './main-file.ts'
import { permissionsFile } from './permissions-file.ts'
import { readmeFile } from './readme-file.ts'
import { outputsFile, versionsFile } from './small-files.ts'
import { stateMachinesFile } from './state-machines-file.ts'
import { storageFile } from './storage-file.ts'
import { variablesFile } from './variables-file.ts'

export interface TextFile {
	readonly path: string
	readonly text: string
}

/** A new unit adds a folder beside `terraform/` and edits none of these files. */
export function terraformFiles(): readonly TextFile[] {
	const files = {
		'README.md': readmeFile,
		'jobs.tf': jobsTfFile,
		'logs.tf': logsFile,
		'main.tf': mainFile,
		'outputs.tf': outputsFile,
		'permissions.tf': permissionsFile,
		'state-machines.tf': stateMachinesFile,
		'storage.tf': storageFile,
		'variables.tf': variablesFile,
		'versions.tf': versionsFile,
	}
	return Object.entries(files).map(([name, text]) => ({ path: `terraform/${name}`, text: `${text.trim()}\n` }))
}
