/**
 * The state of change data capture as the CDC Control task keeps it and the CDC Source reads it (Microsoft: Define a State Variable):
 * `TFSTART/CS/0x0000030D000000AE0003/CE/0x0000159D1E0F01000000/TS/2011-08-09T05:30:43.9344900/`. A number stands behind its mark,
 * as `0x` and twenty digits.
 */

/** Transact-SQL text of the number behind a mark. @param state Transact-SQL text of the state */
export const numberAfter = (state: string, mark: 'CS' | 'CE' | 'IR'): string =>
	`SUBSTRING(${state}, CHARINDEX('/${mark}/', ${state}) + 4, 22)`

/** A number as the binary value that functions of change data capture take. */
export const asBinary = (number: string): string => `CONVERT(binary(10), ${number}, 1)`

/** The states in which rows of the range may have been read before: those of an initial load, and of a run that did not end. */
export const isReprocessing = (state: string): string => `(${state} LIKE 'ILUPDATE/%' OR ${state} LIKE 'TFREDO/%')`
