/** Names of branches and refs. A part is what one branch and one pull request carry: a unit, or a batch of units. */

/** All branches of the bot's. */
export const branchPrefix = 'refs/heads/reglue/'
/** Everything of the bot's that is no branch. */
export const ownRefs = 'refs/reglue/'
/** What was generated last, also after a branch is gone: the base of later merges with people's edits. */
export const pristinePrefix = 'refs/reglue/pristine/'

/** What a pull request's text has no room for. */
const reportPrefix = 'refs/reglue/reports/'

export const branchOf = (part: string): string => `reglue/${part}`
export const branchRef = (part: string): string => `${branchPrefix}${part}`
export const pristineRef = (part: string): string => `${pristinePrefix}${part}`
export const reportRef = (part: string): string => `${reportPrefix}${part}`

/** The part of a branch such as `reglue/retail`; undefined for branches of people. */
export function partOf(branch: string): string | undefined {
	return branch.startsWith('reglue/') ? branch.slice('reglue/'.length) : undefined
}

/** Names of units are slugs without a dot, so a batch is never taken for one. */
export function batchName(folder: string, number: number): string {
	const slug = folder
		.normalize('NFKD')
		.replace(/[^A-Za-z0-9]+/g, '-')
		.replace(/^-+|-+$/g, '')
		.toLowerCase()
		.slice(0, 48)
	return `${slug === '' ? 'all' : slug}.batch${number === 1 ? '' : `-${number}`}`
}

export const isBatch = (part: string): boolean => part.includes('.')
