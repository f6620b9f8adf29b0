/** The reference interpreter's side of each meaning of the old job; one without a way does not compile. */
import type { LegacyMeaning } from '#model/legacy-meanings.ts'
import { databaseCollation } from './keys.ts'
import { lastMatch, orderOfLocale, otherOrder } from './order.ts'
import { twoPartitions } from './partitions.ts'
import { movingClock, oldMachine } from './run-facts.ts'
import { firstKey, halfRounded, oneBuffer, otherDraws, plainCurrency, spreadOfOneNull } from './steps.ts'
import type { LegacyWay } from './switch.ts'

export const legacyWays: { readonly [M in LegacyMeaning]: LegacyWay } = {
	'other-order': otherOrder,
	'two-partitions': twoPartitions,
	'last-match': lastMatch,
	'moving-clock': movingClock,
	'order-of-locale': orderOfLocale,
	'database-collation': databaseCollation,
	'old-machine': oldMachine,
	'one-buffer': oneBuffer,
	'other-draws': otherDraws,
	'first-key': firstKey,
	'plain-currency': plainCurrency,
	'half-rounded': halfRounded,
	'spread-of-one-null': spreadOfOneNull,
}
