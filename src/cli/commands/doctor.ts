import { writeFileSync } from 'node:fs'
import path from 'node:path'
import type { EngineFacts } from '#engines/local-spark/doctor.ts'
import { engineFacts } from '#engines/local-spark/doctor.ts'
import type { CliCommand, ExitCode } from '../command.ts'
import { cacheFolder } from '../local-engine.ts'

interface Finding {
	readonly what: string
	readonly state: 'ok' | 'first use' | 'missing'
	readonly detail: string
}

/** `reglue doctor`: what this machine has, what it lacks, and how to get it. */
export const doctorCommand: CliCommand = {
	name: 'doctor',
	register(program, run) {
		program
			.command('doctor')
			.description('say what this machine has and lacks, and how to get it')
			.option('--json <file>', 'write the findings as JSON')
			.action((options: { json?: string }) =>
				run(async ({ terminal }): Promise<ExitCode> => {
					const findings = findingsOf(await engineFacts(path.resolve(cacheFolder)))
					if (options.json !== undefined) writeFileSync(options.json, `${JSON.stringify(findings, undefined, 1)}\n`)
					for (const { what, state, detail } of findings)
						terminal.result(`${state.padEnd(9)}  ${what.padEnd(18)}  ${detail}`)
					return findings.some(({ state }) => state === 'missing') ? 1 : 0
				}),
			)
	},
}

function findingsOf(facts: EngineFacts): readonly Finding[] {
	const { python, java, environment } = facts
	return [
		{ what: 'Node', state: 'ok', detail: `${process.version} on ${process.platform}` },
		python === undefined
			? {
					what: 'Python',
					state: 'missing',
					detail: `Spark ${facts.release.spark} needs Python ${facts.release.oldest.join('.')} to ${facts.release.newest.join('.')}: install it, or put it on PATH`,
				}
			: { what: 'Python', state: 'ok', detail: `${python.version.join('.')} at ${python.path}` },
		environment?.ready === true
			? { what: 'Spark', state: 'ok', detail: `${facts.release.spark} in ${environment.folder}` }
			: {
					what: 'Spark',
					state: 'first use',
					detail: `${facts.release.spark} is installed into ${environment?.folder ?? cacheFolder} by the first run (about 400 MB)`,
				},
		java === undefined
			? {
					what: 'Java',
					state: 'first use',
					detail: 'no Java 17 in JAVA_HOME or on PATH; the first run takes a runtime from PyPI',
				}
			: { what: 'Java', state: 'ok', detail: `${java.version} at ${java.home} (${java.from})` },
		{
			what: 'PostgreSQL driver',
			state: facts.driverCached ? 'ok' : 'first use',
			detail: facts.driverCached
				? 'cached'
				: 'fetched from Maven Central by the first run that reads a PostgreSQL table',
		},
		facts.networkIsolation
			? { what: 'Network isolation', state: 'ok', detail: 'code of a person or a model runs without network' }
			: {
					what: 'Network isolation',
					state: 'first use',
					detail: '`unshare --user --net` is not allowed here: code that a person or a model changed is not run',
				},
		...(process.platform === 'win32'
			? [
					{
						what: 'Windows',
						state: 'missing',
						detail: 'the local engine needs WSL; `analyze` and `migrate --engine none` run here',
					} as const,
				]
			: []),
	]
}
