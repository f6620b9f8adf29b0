/**
 * Changes that change nothing, for reasons that Spark's optimiser does not know. Each was looked at; a change of a job's
 * script that is not listed here counts as one that the evidence should have seen.
 */
import type { Mutant } from './mutants.ts'

interface Equivalent {
	readonly job: string
	readonly kinds: readonly string[]
	/** A piece of the changed text, its blanks each one. */
	readonly text: string
	/** Where the same text stands elsewhere, too: what stands around it, its blanks each one. */
	readonly within?: string
	readonly why: string
}

const neverNull = 'the condition is never null: it asks first whether the field is there, or compares columns that are'
const widened = 'the cast only widens, and Spark widens for the comparison by itself'

const equivalents: readonly Equivalent[] = [
	{
		job: 'Kinds',
		kinds: ['other column'],
		text: 'F.col("KIND")',
		why: 'the file is written with nothing for a null, as for an empty text',
	},
	{ job: 'Prices', kinds: ['dropped cast'], text: 'F.col("AMOUNT").cast("decimal(12,2)")', why: widened },
	{
		job: 'Prices',
		kinds: ['changed type'],
		text: '"decimal(38,6)"',
		why: 'two factors of two digits each give four, and five are kept',
	},
	{
		job: 'Prices',
		kinds: ['changed size'],
		text: '14',
		why: 'the largest product of the two columns has nine digits before the point, and eleven are kept',
	},
	{
		job: 'Prices',
		kinds: ['other place of nulls'],
		text: 'F.asc_nulls_last',
		why: 'rows whose VALUE is null were left behind before',
	},
	{
		job: 'LargeOrders',
		kinds: ['changed size'],
		text: '2',
		why: 'an AMOUNT that the check lets by is null behind it, and a null goes where rows are only counted',
	},
	{
		job: 'LargeOrders',
		kinds: ['other column'],
		text: 'F.col("DAY")',
		why: 'fields of a record are there or the record is left behind',
	},
	{
		job: 'LargeOrders',
		kinds: ['changed constant'],
		text: '"?"',
		why: 'an empty CUSTOMER was read as null: the branch is never taken',
	},
	{ job: 'LargeOrders', kinds: ['dropped cast'], text: 'F.col("AMOUNT").cast("decimal(12,2)")', why: widened },
	{
		job: 'LargeOrders',
		kinds: ['dropped condition'],
		text: 'F.col("name").isNull() | amount.isNull()',
		why: 'half as much again as the largest AMOUNT still fits: it is never null',
	},
	{
		job: 'LargeOrders',
		kinds: ['other place of nulls'],
		text: 'F.desc_nulls_first',
		why: 'rows without AMOUNT were left behind before, so that no TOTAL is null',
	},
	{
		job: 'LargeOrders',
		kinds: ['other write mode'],
		text: '"overwrite"',
		why: 'what is written there is kept nowhere',
	},
	{
		job: 'LargeOrders',
		kinds: ['dropped output'],
		text: 'frames["rest"]',
		why: 'what is written there is kept nowhere',
	},
	{ job: 'Matches', kinds: ['changed constant'], text: 'False', why: neverNull },
	{ job: 'Matches', kinds: ['dropped null branch'], text: 'F.col("AMOUNT").cast("decimal(12,2)") >=', why: neverNull },
	...[
		['changed type', '"decimal(13,2)"'],
		['dropped cast', 'row["COST"].cast("decimal(13,2)")'],
		['opposite comparison', 'row["svNew"] == 1'],
	].map(([kind = '', text = '']) => ({
		job: 'Runs',
		kinds: [kind],
		text,
		within: 'failed = ( F.when(row["svNew"] == 1, row["COST"].cast("decimal(13,2)"))',
		why: 'it only asks whether the sum is there at all, and both ways to compute it give one',
	})),
	{
		job: 'Runs',
		kinds: ['swapped sort order'],
		text: 'F.asc_nulls_first',
		within: 'count_variables_window = Window.orderBy(',
		why: 'each WHO has a stretch of its own, with the same values whichever stands first',
	},
	{
		job: 'Runs',
		kinds: ['dropped else'],
		text: '.otherwise(F.lit(0))',
		within: 'withColumn( "svNew"',
		why: 'svNew is only asked whether it is 1',
	},
	{
		job: 'Runs',
		kinds: ['other aggregate'],
		text: 'F.sum',
		within: '"_stretch", F.sum("_reset")',
		why: 'a row whose svNew is 1 takes nothing from the rows before, so that it matters to none where a stretch begins',
	},
	{
		job: 'Runs',
		kinds: ['dropped null branch'],
		text: 'F.coalesce(F.col("svNew") == 1, F.lit(False))',
		why: 'svNew is 1 or 0',
	},
	{
		job: 'Shapes',
		kinds: ['swapped sort keys'],
		text: 'F.desc_nulls_last("_order_row_turned")',
		why: 'the last of the three rows of the last row of the file comes first either way',
	},
	{
		job: 'Shapes',
		kinds: ['other place of nulls'],
		text: 'F.desc_nulls_last',
		within: 'first_window = Window.partitionBy("ID").orderBy(',
		why: 'the place of a row is never null',
	},
	{
		job: 'Shapes',
		kinds: ['dropped branch'],
		text: '.when(F.col("right._nth").isNull(), F.lit(True))',
		why: 'rows that are gone have the code 2, which the Switch gives to no target',
	},
	{
		job: 'Shapes',
		kinds: ['changed constant'],
		text: 'True',
		within: '.when(F.col("right._nth").isNull(), F.lit(True)',
		why: 'rows that are gone have the code 2, which the Switch gives to no target',
	},
	{
		job: 'Shapes',
		kinds: ['null equals nothing'],
		text: 'F.col("left.ID").eqNullSafe',
		why: 'no ID is null: a text that is no number leaves before',
	},
	{
		job: 'Matches',
		kinds: ['changed constant'],
		text: 'True',
		within: '.withColumn("_found"',
		why: 'it is only asked whether it is null',
	},
	{
		job: 'Merged',
		kinds: ['dropped cast'],
		text: 'parse_timestamp(F.col("Day")).cast("date")',
		within: '& parse_timestamp(F.col("Day")).cast("date").isNull()',
		why: 'it only asks whether there is a moment, and every moment has a day',
	},
	...['swapped sort keys', 'swapped sort order', 'other place of nulls'].map((kind) => ({
		job: 'Merged',
		kinds: [kind],
		text: 'F.asc_nulls_last',
		within: 'Window.orderBy( F.asc_nulls_last("_order_left_0")',
		why: 'the order only decides which row of one Who and No is the first, and these share their Who',
	})),
	{
		job: 'Dimension',
		kinds: ['changed constant'],
		text: 'True',
		within: '.withColumn("_version"',
		why: 'it is only asked whether it is null',
	},
	{
		job: 'Prices',
		kinds: ['dropped condition'],
		text: '| F.col("AMOUNT").isNotNull() & field_to_decimal(F.col("AMOUNT"), 8, 2).isNull()',
		why: 'an AMOUNT that the check lets by is null behind it, and the constraint takes none',
	},
	{
		job: 'Runs',
		kinds: ['other place of nulls'],
		text: 'F.asc_nulls_first',
		why: 'the key of the sort takes no null',
	},
	{
		job: 'DailySales',
		kinds: ['dropped cast'],
		text: 'text_to_timestamp(bare(F.col("ORDER_DATE")), "yyyy-MM-dd").cast("date")',
		why: 'the texts have no time of day, and the date is only asked for its year, month and day',
	},
	{
		job: 'DailySales',
		kinds: ['other column'],
		text: 'F.col("PRICE")',
		within: 'F.col("PRICE").isNotNull() & field_to_decimal(',
		why: 'fields of a record are there or the record is left behind',
	},
	{
		job: 'DailySales',
		kinds: ['changed constant'],
		text: 'True',
		within: '.withColumn("_found"',
		why: 'it is only asked whether it is null',
	},
	{
		job: 'DailySales',
		kinds: ['other place of nulls'],
		text: 'F.desc_nulls_first',
		why: 'rows without NET were left behind before, so that no TOTAL is null',
	},
	{
		job: 'LoadOrders',
		kinds: ['dropped cast'],
		text: 'parse_timestamp(F.col("OrderDate")).cast("date")',
		within: '& parse_timestamp(F.col("OrderDate")).cast("date").isNull()',
		why: 'it only asks whether there is a moment, and every moment has a day',
	},
	{
		job: 'LoadOrders',
		kinds: ['dropped null branch'],
		text: 'F.coalesce("Line", F.lit(""))',
		why: 'the line that an error output repeats is always there',
	},
]

/** Why a change that no row shows changes nothing; undefined where nobody has said so. */
export function reasonFor(job: string, { kind, before, around }: Mutant): string | undefined {
	const [text, place] = [before, around].map((one) => one.replace(/\s+/g, ' '))
	return equivalents.find(
		(one) =>
			one.job === job &&
			one.kinds.includes(kind) &&
			text?.includes(one.text) === true &&
			(one.within === undefined || place?.includes(one.within) === true),
	)?.why
}
