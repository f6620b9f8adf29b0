import type { Job } from '#model/job.ts'

/** Does an expression of the sequence read that variable or parameter? */
export function reads(name: string, { control }: Job, kind: 'variable' | 'parameter' = 'variable'): boolean {
	const found = (part: unknown): boolean => {
		if (typeof part !== 'object' || part === null) return false
		if ('kind' in part && part.kind === kind && 'name' in part && part.name === name) return true
		return Object.values(part).some(found)
	}
	return found(control)
}
