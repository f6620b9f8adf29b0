/** What a column of a dimension is for (IBM: Slowly Changing Dimension stage, Purpose code definitions). */
export const scdPurposes = [
	'none',
	'business-key',
	'current-indicator',
	'effective-date',
	'expiration-date',
	'sk-chain',
	'surrogate-key',
	'type-1',
	'type-2',
] as const

export type ScdPurpose = (typeof scdPurposes)[number]
