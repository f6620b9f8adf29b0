/** `.github/reglue.yml`: one strict schema; the JSON Schema and docs/configuration.md are printed from it. */
import { z } from 'zod'
import { scdPurposes } from '#model/scd-purposes.ts'
import { isColumnName, isTableName } from '#model/table-names.ts'
import type { ConfigRole } from './permissions.ts'
import { leastRoles, rolesFrom } from './permissions.ts'

const slug = z.string().regex(/^[A-Za-z0-9_.-]+$/, 'only letters, digits, `_`, `.` and `-`')

const tableName = z.string().refine(isTableName, 'a name of a table such as `sales.orders`, quoted where it has blanks')
const columnName = z.string().refine(isColumnName, 'a name of a column, without quotes')

const connection = z.strictObject({
	glue_connection: slug.optional().describe('Name of the Glue connection that takes its place.'),
	dialect: z
		.enum(['oracle', 'db2', 'sqlserver', 'postgresql', 'mysql', 'teradata', 'other'])
		.optional()
		.describe(
			'SQL dialect of the new database. With `postgresql`, calls of SQL Server procedures become calls of functions.',
		),
})

const glue = z.strictObject({
	version: z.enum(['5.1', '6.0']).default('5.1').describe('Glue version of the jobs.'),
	worker_type: z
		.enum(['G.1X', 'G.2X', 'G.4X', 'G.8X', 'R.1X', 'R.2X', 'R.4X', 'R.8X'])
		.default('G.1X')
		.describe('Worker type of the jobs. The R types need version 6 of the AWS provider of Terraform.'),
	workers: z.int().min(2).max(299).default(2).describe('Number of workers of each job.'),
	timeout_minutes: z.int().min(1).max(10080).default(60).describe('Minutes after which a run is stopped.'),
	retries: z.int().min(0).max(10).default(0).describe('How often Glue starts a failed run again.'),
})

const datastage = z.strictObject({
	scd_purposes: z
		.record(z.string().regex(/^[1-9]\d*$/, 'the number of a purpose, such as `7`'), z.enum(scdPurposes))
		.default({})
		.describe(
			'Number of a purpose in Slowly Changing Dimension stages → what it means: exports number the purposes of the columns of a dimension, and no document tells what the numbers mean.',
		),
})

const outputs = z.strictObject({
	terraform: z.boolean().default(true).describe('Write the Terraform root module.'),
	unit_tests: z.boolean().default(true).describe('Write pytest files with their data.'),
	documentation: z.boolean().default(true).describe('Write mapping documents.'),
	step_functions: z.boolean().default(true).describe('Write job sequences as state machines of AWS Step Functions.'),
})

const engine = z.strictObject({
	check: z.enum(['local', 'none']).default('local').describe('Where the check runs the jobs; `none`: nowhere.'),
})

const role = (least: ConfigRole) => z.enum(rolesFrom(least)).default(least)

const permissions = z.strictObject({
	help: role(leastRoles.help),
	status: role(leastRoles.status),
	explain: role(leastRoles.explain),
	run: role(leastRoles.run),
	fix: role(leastRoles.fix),
	regenerate: role(leastRoles.regenerate),
	recreate: role(leastRoles.recreate),
	set: role(leastRoles.set),
	map: role(leastRoles.map),
	accept: role(leastRoles.accept),
	reject: role(leastRoles.reject),
	skip: role(leastRoles.skip),
	reopen: role(leastRoles.reopen),
	ask: role(leastRoles.ask),
	approve: role(leastRoles.approve),
})

const limits = z.strictObject({
	open_pull_requests: z
		.int()
		.min(1)
		.max(100)
		.default(10)
		.describe('Pull requests for new units at a time; units beyond that go together by folder.'),
	comments_per_hour: z
		.int()
		.min(1)
		.max(200)
		.default(20)
		.describe('Comments of Reglue’s in an hour; answers beyond that share one comment for each conversation.'),
})

export const configSchema = z.strictObject({
	version: z.literal(1).default(1).describe('Version of this file.'),
	sources: z
		.array(z.string())
		.default([
			'**/*.{dsx,isx,zip,xml,json,pjb,qjb,sjb,dtsx,ispac,conmgr,params,dtproj,dtsConfig,schema,sch,osh}',
			// Assets of a next-generation project in git have no ending.
			'**/{data_intg_flow,data_intg_subflow,orchestration_flow,parameter_set,connection}/*',
		])
		.describe('Which files are exports: globs below the repository root.'),
	unit: z
		.enum(['auto', 'file', 'folder'])
		.default('auto')
		.describe(
			'What one pull request carries. `auto`: an SSIS project or folder of packages, otherwise one export file.',
		),
	output: z
		.string()
		.regex(/^(?!\/)(?!.*\.\.)/, 'a folder inside the repository')
		.default('generated')
		.describe('Folder that Reglue writes to.'),
	branch: z.string().default('main').describe('Branch that pull requests are made against.'),
	paths: z
		.record(z.string(), z.string())
		.default({})
		.describe('Legacy path prefix → new place, e.g. an S3 prefix. The longest prefix wins.'),
	connections: z
		.record(z.string(), connection)
		.default({})
		.describe('Connection of the export → what takes its place.'),
	tables: z
		.record(z.string(), tableName)
		.default({})
		.describe('Table of the export, with its schema → its name in the new database. Statements stay as they are.'),
	columns: z
		.record(z.string(), columnName)
		.default({})
		.describe('Column of a table of the export, as `TABLE.COLUMN` → its name in the new database.'),
	parameters: z
		.record(z.string(), z.string())
		.default({})
		.describe('Defaults of job parameters that override those of the export.'),
	environments: z
		.record(z.string().regex(/^[A-Za-z0-9][A-Za-z0-9 _.-]*$/, 'a name such as `dev`'), z.record(z.string(), z.string()))
		.default({})
		.describe(
			'Environment → values of job parameters there, each as `terraform/env/UNIT-NAME.tfvars`. They win over the value files of the export.',
		),
	datastage: datastage.prefault({}).describe('What DataStage exports do not say.'),
	glue: glue.prefault({}).describe('Settings of the Glue jobs.'),
	outputs: outputs.prefault({}).describe('What is written.'),
	engine: engine.prefault({}).describe('How jobs are checked.'),
	permissions: permissions
		.prefault({})
		.describe('Who may give which `/migrate` command: the default or more. docs/commands.md lists them.'),
	dashboard: z
		.boolean()
		.default(true)
		.describe('Keep one issue that lists every job, with boxes to start and to retry.'),
	labels: z
		.boolean()
		.default(false)
		.describe('Label each pull request with what its check came to. Hints for people: nothing is read from them.'),
	limits: limits.prefault({}).describe('How much Reglue writes; the operator of an App may allow less.'),
})

export type Config = z.infer<typeof configSchema>

/** What holds when there is no file. */
export const defaultConfig: Config = configSchema.parse({})
