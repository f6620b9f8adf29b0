import type { StageContext } from '../stage-context.ts'

/** A property that is a plain whole number; refuses the stage where it is something else, a parameter for example. */
export function wholeNumber(context: StageContext, written: string, what: string): number {
	if (/^\d{1,9}$/.test(written)) return Number(written)
	context.refuse(`${what} is "${written}", which is no plain number`)
	return 0
}
