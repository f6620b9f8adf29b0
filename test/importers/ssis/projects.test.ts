import AdmZip from 'adm-zip'
import { describe, expect, it } from 'vitest'
import type { ExportFile } from '#importers/importer.ts'
import { importerFor } from '#importers/registry.ts'
import { dtsxImporter, ispacImporter } from '#importers/ssis/importer.ts'
import type { Job } from '#model/job.ts'
import { dtsx } from '../../support/dtsx-builder.ts'

const x = dtsx(3)
const encoded = (text: string): Uint8Array => new TextEncoder().encode(text)

const configuration = (kind: number | undefined, source: string, target = ''): string =>
	x.element('Configuration', {
		ObjectName: 'Settings',
		ConfigurationString: source,
		ConfigurationVariable: target,
		...(kind === undefined ? {} : { ConfigurationType: kind }),
	})

const settings = (...values: readonly (readonly [path: string, value: string])[]): ExportFile => ({
	path: 'etl/Settings.dtsConfig',
	bytes: encoded(
		`<?xml version="1.0"?><DTSConfiguration>${values
			.map(
				([path, value]) =>
					`<Configuration ConfiguredType="Property" Path="${path}" ValueType="String"><ConfiguredValue>${value}</ConfiguredValue></Configuration>`,
			)
			.join('')}</DTSConfiguration>`,
	),
})

/** A package with variable Dir, a connection, and an inner container with a variable of its own. */
const packageWith = (configurations: string, enabled = true): Uint8Array =>
	x.package(
		'P',
		`<DTS:Property DTS:Name="EnableConfig">${enabled ? -1 : 0}</DTS:Property>`,
		configurations,
		x.connection('DB', 'OLEDB', 'Data Source=old;Provider=SQLNCLI10'),
		x.variable('Dir', 8, 'C:\\stored'),
		x.executables(x.executable('Seq', 'STOCK:SEQUENCE', '', x.variable('Inner', 8, 'stored'))),
	)

function read(bytes: Uint8Array, companions: readonly ExportFile[] = []): Job {
	const [job] = dtsxImporter.read({ file: { path: 'etl/p.dtsx', bytes }, companions }).jobs
	if (job === undefined) throw new Error('no job was read')
	return job
}

const initialOf = (job: Job, name: string) => job.variables.find((one) => one.name === `User::${name}`)?.initial

describe('package configurations', () => {
	const inFile = configuration(1, 'D:\\deploy\\settings.DTSCONFIG')

	it('of a file beside the package are applied, wherever the package thinks that it lies', () => {
		const job = read(packageWith(inFile), [
			settings(
				['\\Package.Variables[User::Dir].Properties[Value]', 'D:\\configured'],
				['\\Package\\Seq.Variables[User::Inner].Properties[Value]', 'inside'],
				['\\Package.Connections[DB].Properties[ConnectionString]', 'Data Source=new;Provider=SQLNCLI11'],
			),
		])
		expect(initialOf(job, 'Dir')).toMatchObject({ value: 'D:\\configured' })
		expect(initialOf(job, 'Inner')).toMatchObject({ value: 'inside' })
		expect(job.connections[0]?.description).toBe('server new')
		expect(job.diagnostics).toEqual([])
	})

	it('that set something else are named', () => {
		const job = read(packageWith(inFile), [settings(['\\Package\\Seq.Properties[ISOLevel]', '4096'])])
		expect(job.diagnostics).toMatchObject([
			{ code: 'package/configuration', why: expect.stringContaining('\\Package\\Seq.Properties[ISOLevel]') },
		])
	})

	it('that are switched off are not applied', () => {
		const values = settings(['\\Package.Variables[User::Dir].Properties[Value]', 'D:\\configured'])
		expect(initialOf(read(packageWith(inFile, false), [values]), 'Dir')).toMatchObject({ value: 'C:\\stored' })
	})

	it.each([
		[1, 'gone.dtsConfig', 'not beside the package'],
		[2, 'ETL_DIR', 'environment variable "ETL_DIR"'],
		[undefined, 'ParentDir', 'variable "ParentDir" of the package that calls'],
		[5, 'ETL_CONFIG', 'environment variable "ETL_CONFIG" of the old machine names'],
		[7, '"DB";"[dbo].[Settings]";"etl"', 'table of a database'],
		[3, 'HKCU\\etl', 'registry'],
	])('of kind %s are named with the place of their values', (kind, source, why) => {
		const job = read(packageWith(configuration(kind, source.replaceAll('"', '&quot;'))))
		expect(job.diagnostics).toMatchObject([{ code: 'package/configuration', why: expect.stringContaining(why) }])
		expect(initialOf(job, 'Dir')).toMatchObject({ value: 'C:\\stored' })
	})

	it('set parts of a connection, and switch tasks off; logins stay away', () => {
		const job = read(packageWith(inFile), [
			settings(
				['\\Package.Connections[DB].Properties[ServerName]', 'new'],
				['\\Package.Connections[DB].Properties[UserName]', 'etl'],
				['\\Package.Variables[User::Dir].Properties[Description]', 'where files are'],
				['\\Package\\Seq.Properties[Disable]', 'True'],
			),
		])
		expect(job.connections[0]?.description).toBe('server new')
		expect(job.accounting).toMatchObject([{ name: 'Seq', outcome: 'dropped' }])
		expect(job.diagnostics).toEqual([])
	})

	it.each([
		[2, 'ETL_DIR', '$Environment::ETL_DIR'],
		[undefined, 'User::ParentDir', '$Parent::ParentDir'],
		[3, 'HKCU\\etl', '$Registry::Dir'],
	])('of kind %s that set a variable are an argument, with the stored value as its default', (kind, source, name) => {
		const target = '\\Package.Variables[User::Dir].Properties[Value]'
		const job = read(packageWith(configuration(kind, source, target)))
		expect(job.parameters).toMatchObject([{ name, default: 'C:\\stored', secret: false }])
		expect(initialOf(job, 'Dir')).toMatchObject({ kind: 'parameter', name })
		expect(job.diagnostics).toMatchObject([
			{ code: 'package/configuration', what: `The first value of User::Dir is an argument of the new job, ${name}.` },
		])
	})

	it('that lead to no variable of the package are only named', () => {
		const job = read(packageWith(configuration(2, 'ETL_DIR', '\\Package.Variables[User::Gone].Properties[Value]')))
		expect(job.parameters).toEqual([])
		expect(job.diagnostics).toMatchObject([{ what: 'The configuration Settings was not applied.' }])
	})

	it('never give a password on', () => {
		const job = read(packageWith(inFile), [
			settings(
				['\\Package.Connections[DB].Properties[Password]', 'hunter2'],
				['\\Package.Connections[DB].Properties[ConnectionString]', 'Data Source=new;Password=hunter2;'],
			),
		])
		expect(
			JSON.stringify(job, (_key, value: unknown) => (typeof value === 'bigint' ? `${value}` : value)),
		).not.toContain('hunter2')
	})
})

describe('project deployment files', () => {
	const archive = (...members: readonly (readonly [string, Uint8Array])[]): ExportFile => {
		const zip = new AdmZip()
		for (const [name, bytes] of members) zip.addFile(name, Buffer.from(bytes))
		return { path: 'etl/Sales.ispac', bytes: zip.toBuffer() }
	}
	const modern = dtsx(8)
	const parameters = encoded(
		`<SSIS:Parameters xmlns:SSIS="www.microsoft.com/SqlServer/SSIS"><SSIS:Parameter SSIS:Name="Year"><SSIS:Properties><SSIS:Property SSIS:Name="DataType">9</SSIS:Property><SSIS:Property SSIS:Name="Value">2024</SSIS:Property></SSIS:Properties></SSIS:Parameter></SSIS:Parameters>`,
	)
	const using = modern.package(
		'Load',
		modern.variable('Y', 3, '0', { EvaluateAsExpression: 'True', Expression: '@[$Project::Year]' }),
	)

	it('give a job for each package, with the project around it', () => {
		const file = archive(
			['@Project.manifest', encoded('<x/>')],
			['Project.params', parameters],
			['My%20Load.dtsx', using],
		)
		expect(importerFor(file.path, file.bytes.subarray(0, 512))?.format).toBe('ispac')
		const { jobs, diagnostics } = ispacImporter.read({ file, companions: [] })
		expect(diagnostics).toEqual([])
		expect(jobs.map(({ id }) => id)).toEqual(['etl/Sales.ispac#Load'])
		expect(jobs[0]?.parameters).toMatchObject([{ name: '$Project::Year', default: 2024n }])
	})

	it('set their parameters to other values in the configurations of the project file', () => {
		const setting = (name: string, value: string) =>
			`<ConfigurationSetting><Id>1</Id><Name>${name}</Name><Value>${value}</Value></ConfigurationSetting>`
		const one = (name: string, settings: string) =>
			`<Configuration><Name>${name}</Name><Options><OutputPath>bin</OutputPath><ParameterConfigurationValues>${settings}</ParameterConfigurationValues></Options></Configuration>`
		const project = `<Project><Configurations>${one('Development', '')}${one('Production', setting('Year', '2026') + setting('Other', 'x'))}</Configurations></Project>`
		const job = read(using, [
			{ path: 'etl/Project.params', bytes: parameters },
			{ path: 'etl/Sales.dtproj', bytes: encoded(project) },
		])
		expect(job.parameters).toMatchObject([
			{ name: '$Project::Year', default: 2024n, environments: [{ name: 'Production', value: 2026n }] },
		])
	})

	it('name a package that is encrypted, and read the others', () => {
		const locked = encoded('<EncryptedData xmlns="http://www.w3.org/2001/04/xmlenc#"><CipherData/></EncryptedData>')
		const { jobs, diagnostics } = ispacImporter.read({
			file: archive(['a.dtsx', locked], ['b.dtsx', using]),
			companions: [],
		})
		expect(jobs).toHaveLength(1)
		expect(diagnostics.map(({ code, provenance }) => [code, provenance.path])).toEqual([
			['package/encrypted', expect.stringContaining('a.dtsx')],
		])
	})

	it('that are damaged, or lead out of themselves, are named', () => {
		const broken = { path: 'etl/b.ispac', bytes: encoded('PK\u0003\u0004 and nothing more') }
		expect(ispacImporter.read({ file: broken, companions: [] })).toMatchObject({
			jobs: [],
			diagnostics: [{ code: 'archive/damaged' }],
		})
	})
})
