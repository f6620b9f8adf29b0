/** Jobs of DataStage whose scripts are broken: lookups with rejects, groups that remember, rows that become columns. */
import type { JobSpec, LinkSpec } from '../../../test/support/dsx-builder.ts'
import { packed, source, target } from '../../../test/support/dsx-builder.ts'
import { columns, from, list, stage, to, transformer, variable } from '../../../test/support/functional-job.ts'

/** A link between two stages. */
const link = (name: string, from: string, to: string, text: string, more: Partial<LinkSpec> = {}): LinkSpec => ({
	name,
	from,
	to,
	columns: columns(text),
	...more,
})

const booking = `ID int
	SHOP varchar(4)
	KIND varchar(6)?
	AMOUNT decimal(8,2)`
const placed = `ID int = bookings.ID
	KIND varchar(6)? = bookings.KIND
	AMOUNT decimal(8,2) = bookings.AMOUNT
	REGION varchar(8)? = shops.REGION`

/** Lookup with a condition and a reject link, Aggregator, full outer Join, Remove Duplicates of what was rejected. */
export const matches: JobSpec = {
	name: 'Matches',
	stages: [
		source('Bookings'),
		source('Shops'),
		source('Budgets'),
		stage('Shop', 'PxLookup'),
		stage('ByRegion', 'PxAggregator', {
			method: 'sort',
			selection: 'reduce',
			key: list('key', 'REGION'),
			reduce: packed(['reduce', 'AMOUNT', ['sum', 'TOTAL'], ['max', 'MOST'], ['count', 'TIMES']]),
		}),
		stage('WithBudget', 'PxJoin', { operator: 'fullouterjoin', key: list('key', 'REGION') }),
		stage('Once', 'PxRemDup', { key: list('key', 'SHOP', 'KIND'), keep: 'first' }),
		target('Regions'),
		target('Unknown'),
	],
	links: [
		from('Bookings', 'Shop', booking),
		from('Shops', 'Shop', '', {
			kind: 'reference',
			columns: [
				{ name: 'SHOP', precision: 4, key: 'bookings.SHOP' },
				{ name: 'REGION', precision: 8, nullable: true },
			],
			in: { LookupFail: 'reject', ConditionNotMet: 'continue', Condition: 'bookings.AMOUNT >= 100' },
		}),
		link('found', 'Shop', 'ByRegion', placed),
		link('lost', 'Shop', 'Once', booking, { kind: 'reject' }),
		link(
			'sums',
			'ByRegion',
			'WithBudget',
			`REGION varchar(8)?
			TOTAL double?
			MOST double?
			TIMES double?`,
		),
		from(
			'Budgets',
			'WithBudget',
			`REGION varchar(8)?
			BUDGET int?`,
		),
		to(
			'Regions',
			'WithBudget',
			`leftRec_REGION varchar(8)?
			rightRec_REGION varchar(8)?
			TOTAL double?
			MOST double?
			TIMES double?
			BUDGET int?`,
		),
		to('Unknown', 'Once', booking),
	],
}

/** Sort, then a Transformer that counts and sums within a group and tells its first and last row. */
export const runs: JobSpec = {
	name: 'Runs',
	stages: [
		source('Events'),
		stage('InOrder', 'PxSort', { key: packed(['key', 'WHO'], ['key', 'DAY', ['asc\\desc', 'desc']]) }),
		transformer('Count', [
			variable('svNew int = If ordered.WHO <> svWho Then 1 Else 0', '0'),
			variable('svTimes int = If svNew = 1 Then 1 Else svTimes + 1', '0'),
			variable('svSum decimal(12,2) = If svNew = 1 Then ordered.COST Else svSum + ordered.COST', '0'),
			variable('svWho varchar(5) = ordered.WHO', '""'),
		]),
		target('Steps'),
		target('Dear'),
	],
	links: [
		from(
			'Events',
			'InOrder',
			`WHO varchar(5)
			DAY date
			COST decimal(9,2)
			NOTE varchar(10)?`,
		),
		link(
			'ordered',
			'InOrder',
			'Count',
			`WHO varchar(5)
			DAY date
			COST decimal(9,2)
			NOTE varchar(10)?`,
		),
		to(
			'Steps',
			'Count',
			`WHO varchar(5) = ordered.WHO
			DAY date = ordered.DAY
			STEP int = svTimes
			SUM decimal(12,2) = svSum
			MONTH int = MonthFromDate(ordered.DAY)
			NOTE varchar(12) = If IsNull(ordered.NOTE) Or Len(Trim(ordered.NOTE)) = 0 Then "-" Else Left(Trim(ordered.NOTE), 4)`,
		),
		to(
			'Dear',
			'Count',
			`WHO varchar(5) = DownCase(ordered.WHO)
			SUM decimal(12,2) = svSum
			LATER date = DateFromDaysSince(30, ordered.DAY)`,
			{ out: { Constraint: 'svSum > 50 And svTimes >= 2' } },
		),
	],
}

const measured = `ID int
	KIND varchar(5)?
	SIZE int?`
const turned = "-derive KIND -from KIND -type 'string[max=5]' -derive ID -from ID -type 'int32' "

/** Pivot, Change Capture, Switch, Modify-like projections. */
export const shapes: JobSpec = {
	name: 'Shapes',
	stages: [
		source('Quarters'),
		source('Known'),
		stage('Turn', 'PxPivot', {
			pivot_type: 'pivot',
			PivotCustomOSH: "-derive 'SIZE' -from 'Q1' -from 'Q2' -from 'Q3' -type 'int32' ",
			PivotCustomInputOSH: turned,
		}),
		stage('First', 'PxRemDup', { key: list('key', 'ID'), keep: 'last' }),
		stage('Changed', 'PxChangeCapture', { key: list('key', 'ID'), value: list('value', 'KIND', 'SIZE') }),
		stage('Kind', 'PxSwitch', {
			key: list('key', 'change_code'),
			selection: 'user',
			case: packed(['case', '1=0'], ['case', '3=1']),
			ifNotFound: 'ignore',
		}),
		target('Fresh'),
		target('Edited'),
	],
	links: [
		from(
			'Quarters',
			'Turn',
			`ID int
			KIND varchar(5)?
			Q1 int?
			Q2 int?
			Q3 int?`,
		),
		link('turned', 'Turn', 'First', measured),
		from('Known', 'Changed', measured),
		link('first', 'First', 'Changed', measured),
		link('changed', 'Changed', 'Kind', `${measured}\n change_code int`),
		to('Fresh', 'Kind', `${measured}\n change_code int`),
		to('Edited', 'Kind', `${measured}\n change_code int`),
	],
}
