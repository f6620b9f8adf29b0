import type { Severity } from './diagnostics.ts'

interface DiagnosticEntry {
	readonly severity: Severity
	/** What to do, unless the place that reports it knows better. */
	readonly remedy: string
}

/** Every diagnostic there is, by its stable code. `error`: the file or job is not (wholly) migrated. */
export const diagnosticCodes = {
	'file/empty': { severity: 'error', remedy: 'Export the job again; the file holds nothing.' },
	'file/truncated': { severity: 'error', remedy: 'Export the job again and commit the whole file.' },
	'file/too-large': { severity: 'error', remedy: 'Export fewer jobs into one file.' },
	'file/encoding': {
		severity: 'warning',
		remedy: 'Save the export in the encoding that its header names, or in UTF-8.',
	},
	'file/not-an-export': { severity: 'info', remedy: 'Leave the file out of `sources`, or commit the export itself.' },
	'file/unreadable': { severity: 'error', remedy: 'Check that the file exists and may be read.' },
	'file/worker': {
		severity: 'error',
		remedy: 'Run the file alone; when it fails again, report it with the message above.',
	},
	'xml/malformed': { severity: 'error', remedy: 'Export again; the file is not well-formed XML.' },
	'xml/forbidden': { severity: 'error', remedy: 'Remove the document type declaration; exports never hold one.' },
	'xml/limit': {
		severity: 'error',
		remedy: 'Split the export; it is beyond the limits that keep a hostile file harmless.',
	},
	'json/malformed': { severity: 'error', remedy: 'Export again; the file is not well-formed JSON.' },
	'json/limit': {
		severity: 'error',
		remedy: 'Split the export; it is beyond the limits that keep a hostile file harmless.',
	},
	'archive/damaged': { severity: 'error', remedy: 'Export again, without a password, and commit the file as binary.' },
	'archive/limit': {
		severity: 'error',
		remedy: 'Split the export; it is beyond the limits that keep a hostile file harmless.',
	},
	'archive/path': { severity: 'warning', remedy: 'Export again; members of an export lie below its own folder.' },
	'package/encrypted': {
		severity: 'error',
		remedy: 'Save the package with protection level DontSaveSensitive and export it again.',
	},
	'package/sensitive-dropped': {
		severity: 'info',
		remedy: 'Put the secret into a Glue connection or Secrets Manager and name it in the config.',
	},
	'parameter/login': {
		severity: 'info',
		remedy: 'Nothing, unless the new job needs the secret after all: let the connection name it.',
	},
	'package/configuration': {
		severity: 'warning',
		remedy: 'Check the values that the package stores; give the new job others as arguments.',
	},
	'package/dangling-reference': {
		severity: 'warning',
		remedy: 'Open the package in the designer, repair the reference, save it again.',
	},
	'package/logging': {
		severity: 'info',
		remedy: 'Read the logs of the new job in CloudWatch; write to a log table with a task where reports need one.',
	},
	'job/duplicate': { severity: 'warning', remedy: 'Export each job once, or delete the older copy.' },
	'job/not-exported': {
		severity: 'warning',
		remedy:
			'Export it too, or name the Glue job that takes its place in the variable external_jobs of the Terraform module.',
	},
	'record/malformed': { severity: 'error', remedy: 'Export the job again; this record cannot be read.' },
	'link/unmatched': { severity: 'warning', remedy: 'Open the job in the designer and reconnect the link.' },
	'stage/unsupported': {
		severity: 'warning',
		remedy: 'Write this element by hand in the generated stub, or wait for its support.',
	},
	'stage/property': { severity: 'warning', remedy: 'Check the property named; the generated job may differ.' },
	'expression/syntax': { severity: 'error', remedy: 'Correct the expression in the designer, or write it by hand.' },
	'expression/unknown-function': {
		severity: 'error',
		remedy: 'Write this expression by hand; the function has no entry in the catalogue.',
	},
	'expression/unknown-name': { severity: 'error', remedy: 'Check the name; no column, variable or parameter has it.' },
	'expression/type': {
		severity: 'error',
		remedy: 'Correct the types; the source engine would refuse this expression too.',
	},
	'expression/doubtful': {
		severity: 'warning',
		remedy: 'Check this expression; the source documents leave its meaning open.',
	},
	'type/capped': { severity: 'warning', remedy: 'Check that no value needs more digits than Spark holds.' },
	'order/undefined': {
		severity: 'warning',
		remedy: 'Sort before this stage, so that the result is the same on every run.',
	},
	'sql/dialect': {
		severity: 'warning',
		remedy: 'Write this statement by hand in the dialect of the new database.',
	},
	'place/not-renamed': {
		severity: 'warning',
		remedy: 'Change the name by hand in the generated script: the edit stays when it is generated again.',
	},
	'place/unmapped': {
		severity: 'info',
		remedy: 'Map the place in `paths` or `connections`; until then it is a required argument of the job.',
	},
	'place/in-script': {
		severity: 'info',
		remedy: 'Map the folder in `paths`; until then the script uses the path as it stands.',
	},
	'config/invalid': {
		severity: 'error',
		remedy: 'Correct the key named; `reglue config schema` prints what is allowed.',
	},
	'config/not-here': {
		severity: 'error',
		remedy: 'Take it out: what the operator’s machine does is for the operator of the App to say.',
	},
	'test-case/invalid': {
		severity: 'error',
		remedy: 'Correct the test case at the line named; until then it proves nothing.',
	},
	'test-case/not-honoured': {
		severity: 'warning',
		remedy: 'Check that the test means the same without it.',
	},
	'decisions/invalid': {
		severity: 'error',
		remedy: 'Correct the line named; until then nothing in the file counts.',
	},
} as const satisfies Record<string, DiagnosticEntry>

export type DiagnosticCode = keyof typeof diagnosticCodes
