/** Pieces from which operations of BASIC are put together. */
import type { Operation, OperationParameter } from '../../catalogue.ts'

type Parts = Omit<Operation, 'nulls' | 'canFail' | 'source' | 'id'> & Partial<Pick<Operation, 'nulls' | 'canFail'>>

/** Operations of one page of documents; a null argument gives null and none fails unless it says otherwise. */
export function family(source: string, parts: Readonly<Record<string, Parts>>): readonly Operation[] {
	return Object.entries(parts).map(([name, part]) => ({
		nulls: 'propagate',
		canFail: false,
		...part,
		id: `basic.${name}`,
		source,
	}))
}

/** A text, or a number that was computed. */
export const valueParameter = (name: string): OperationParameter => ({ name, kinds: ['string', 'float'] })

/** Field, value, subvalue and text mark, as CHAR(254) and below are in Unicode (IBM: System variables @FM, @VM, @SM, @TM). */
export const marks = { field: '\u00FE', value: '\u00FD', subvalue: '\u00FC', text: '\u00FB' } as const
export const MARKS_PATTERN = '[\u00FB-\u00FF]'
