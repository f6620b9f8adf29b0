import type { JobReport } from '#evidence/report.ts'

/** A job's report as tests need it: proven equal, unless a test says otherwise. */
export function jobReportOf(changes: Partial<JobReport> = {}): JobReport {
	return {
		id: 'exports/retail.dsx#DailySales',
		name: 'DailySales',
		kind: 'parallel',
		dialect: 'datastage',
		unit: 'exports-retail',
		source: { file: 'exports/retail.dsx', job: 'DailySales' },
		category: 'AUTO',
		predicted: false,
		confidence: 0.9,
		accounting: { total: 3, exact: 3, declared: 0, opaque: 0, dropped: 0, items: [] },
		artifacts: [],
		diagnostics: [],
		differences: [],
		evidence: {
			level: 'E3',
			reached: ['E0', 'E1', 'E2', 'E3'],
			rows_compared: 40,
			effects_compared: 0,
			outputs: [{ name: 'Target', expected: 40, actual: 40, equal: true }],
			branches: { covered: 5, total: 6, unreached: ['XfmPrice: route lnkReturns'] },
		},
		cost: { usd: 0 },
		...changes,
	}
}
