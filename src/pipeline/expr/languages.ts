import { basicCases } from './basic.ts'
import { parallelCases } from './parallel.ts'
import type { CaseLanguage } from './prepared-case.ts'
import { ssisCases } from './ssis.ts'

/** Expression languages that `reglue expr` knows. */
export const caseLanguages = {
	ssis: ssisCases,
	'datastage-parallel': parallelCases,
	'datastage-basic': basicCases,
} as const satisfies { readonly [id: string]: CaseLanguage }
