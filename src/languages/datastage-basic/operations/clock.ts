/** The clock of the run as BASIC counts it: days since 31 December 1967, seconds since midnight. */
import { formatDate, MICROS_PER_DAY, splitMicros } from '#model/calendar.ts'
import type { EvaluateContext, PysparkContext } from '../../catalogue.ts'
import { results } from '../../datastage-parallel/operations/define.ts'
import { cast } from '../../datastage-parallel/spark-text.ts'
import { binary, fn, lit, method, type Py } from '../../python.ts'
import { family } from './define.ts'

const days = ({ run }: Pick<EvaluateContext, 'run'>): number => splitMicros(run.at.micros)[0]
const none = { parameters: [] } as const

const dated = (of: (date: string) => string, pattern: string) => ({
	...none,
	result: results.text,
	evaluate: (_args: unknown, context: EvaluateContext) => of(formatDate(days(context))),
	pyspark: (_args: unknown, { runAt }: PysparkContext): Py => fn('date_format', runAt, pattern),
})

export const clockFunctions = family('IBM: DataStage BASIC, system variables, DATE and TIME functions', {
	date: {
		...none,
		result: results.int32,
		evaluate: (_args, context) => BigInt(days(context) + 732),
		pyspark: (_args, { runAt }) => fn('datediff', runAt, method(lit('1967-12-31'), 'cast', 'date')),
	},
	time: {
		...none,
		result: results.int32,
		evaluate: (_args, { run }) => (((run.at.micros % MICROS_PER_DAY) + MICROS_PER_DAY) % MICROS_PER_DAY) / 1_000_000n,
		pyspark: (_args, { runAt }) => cast(binary('%', fn('unix_timestamp', runAt), lit(86_400)), 'int'),
	},
	day: dated((date) => date.slice(8), 'dd'),
	month: dated((date) => date.slice(5, 7), 'MM'),
	year: dated((date) => date.slice(2, 4), 'yy'),
	// 09:59:51 14 JUN 1994
	'time-date': {
		...none,
		result: results.text,
		evaluate: (_args, context) => timeDate(context),
		pyspark: (_args, { runAt }) => fn('upper', fn('date_format', runAt, 'HH:mm:ss dd MMM yyyy')),
	},
})

const MONTHS = 'JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC'.split(' ')

function timeDate({ run }: EvaluateContext): string {
	const [day, micros] = splitMicros(run.at.micros)
	const seconds = Number(micros / 1_000_000n)
	const clock = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
	const [year = '', month = '', date = ''] = formatDate(day).split('-')
	return `${clock.map((part) => String(part).padStart(2, '0')).join(':')} ${date} ${MONTHS[Number(month) - 1]} ${year}`
}
