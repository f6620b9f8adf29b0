/** A report in a few lines for the terminal, and the exit code that it means. */
import type { DiagnosticReport, JobReport, Report } from '#evidence/report.ts'
import { plural } from '#model/plural.ts'
import type { ExitCode } from './command.ts'
import { visible } from './diagnostic-text.ts'

/** Most problems shown; the rest is in the report. */
const most = 20

export function summary(report: Report): readonly string[] {
	const { totals } = report
	const problems = report.files.flatMap((file) => file.diagnostics).filter(degrades)
	return [
		...problems.slice(0, most).flatMap(problemLines),
		...(problems.length > most ? [`… and ${problems.length - most} more problems with files`] : []),
		...(report.jobs.length <= most ? report.jobs.map(jobLine) : []),
		`${plural(totals.files, 'file')}, ${plural(totals.jobs, 'job')}, ${plural(totals.elements, 'element')}: ${totals.exact} exact, ${totals.declared} declared, ${totals.opaque} opaque, ${totals.dropped} dropped`,
		`evidence: ${counts(totals.levels)}; category: ${counts(totals.categories)}`,
	]
}

function problemLines({ file, line, severity, code, what, why, remedy }: DiagnosticReport): readonly string[] {
	return [
		`${visible(file)}:${line}: ${severity} ${code}: ${visible(what)}`,
		`    why: ${visible(why)}`,
		`    do:  ${visible(remedy)}`,
	]
}

function jobLine(job: JobReport): string {
	const { level, rows_compared, branches, stopped_by } = job.evidence
	const rows =
		rows_compared === 0 ? '' : `, ${rows_compared} rows compared, ${branches.covered}/${branches.total} branches`
	const stop = stopped_by === undefined ? '' : `: ${visible(stopped_by)}`
	return `${visible(job.name)}: ${job.category}${job.predicted ? ' (predicted)' : ''}, ${level}${rows}${stop}`
}

function counts(tally: Readonly<Record<string, number>>): string {
	return (
		Object.entries(tally)
			.map(([key, count]) => `${key} ${count}`)
			.join(', ') || 'none'
	)
}

/** 3 when a file could not be read whole or only by guessing its encoding, a job has opaque parts, or its run failed or differed. */
export function exitCodeOf(report: Report): ExitCode {
	const bad = report.files.some((file) => file.diagnostics.some(degrades))
	return bad || report.jobs.some(isDegraded) ? 3 : 0
}

/** Something of the file is lost, or its text had to be guessed. */
function degrades({ severity, code }: DiagnosticReport): boolean {
	return severity === 'error' || code === 'file/encoding'
}

function isDegraded(job: JobReport): boolean {
	return (
		job.accounting.opaque > 0 ||
		job.diagnostics.some(({ severity }) => severity === 'error') ||
		(!job.predicted && !job.evidence.reached.includes('E3'))
	)
}
