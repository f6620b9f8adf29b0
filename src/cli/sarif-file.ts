import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Report } from '#evidence/report.ts'
import { lockPath } from '#generators/lock.ts'
import { findingsOf, unitsOf } from '#publish/findings.ts'
import { sarifOf } from '#publish/sarif.ts'
import packageFile from '../../package.json' with { type: 'json' }

/** @param out folder that everything was generated into; places are below the working directory, as those of exports */
export function writeSarif(file: string, report: Report, out: string): void {
	const lockOf = (unit: string): string | undefined => {
		const lock = path.join(out, lockPath(unit))
		return existsSync(lock) ? readFileSync(lock, 'utf8') : undefined
	}
	const output = path.relative('.', out).split(path.sep).join('/') || '.'
	const findings = findingsOf(report, lockOf, output)
	const units = unitsOf(report.jobs)
	writeFileSync(file, sarifOf(findings, { version: packageFile.version, units, at: 'generated' }))
}
