/**
 * Command lines of robocopy that copy or move the files of one folder: `robocopy C:\in D:\out *.csv /mov` (Microsoft: robocopy).
 * Its exit codes below 8 are those of success, 0 where there was nothing to copy.
 */
import type { Refusal } from '../../flow/parts.ts'
import { refuse } from '../../flow/parts.ts'
import type { TaskContext } from '../task-context.ts'
import { declareAt } from '../task-context.ts'
import type { FileStep, Places } from './steps.ts'
import { absolute, isOpen, plain } from './steps.ts'
import type { Word } from './words.ts'
import { hasWildcard, joined, plainWord } from './words.ts'

/** How often it tries, what it tells, and what of a file it takes besides the contents. */
const harmless =
	/^\/(?:r:\d+|w:\d+|np|nfl|ndl|njh|njs|ns|nc|v|ts|fp|bytes|eta|z|b|zb|j|mt(?::\d+)?|copy:\w+|copyall|dcopy:\w+|is|it|xjd?|xjf|reg|tbd)$/i

/** @param needsFile does the task fail where nothing was copied? */
export function robocopy(
	words: readonly Word[],
	places: Places,
	context: TaskContext,
	needsFile: boolean,
): readonly FileStep[] | Refusal {
	const isSwitch = (word: Word): boolean => /^\/\w+(?::.*)?$/.test(plainWord(word) ?? '')
	const switches = words.filter(isSwitch).map((word) => (plainWord(word) ?? '').toLowerCase())
	const unknown = switches.find((one) => one !== '/mov' && !harmless.test(one))
	if (unknown !== undefined) return refuse(`robocopy has the switch ${unknown}`)
	const [from, to, ...names] = words.filter((word) => !isSwitch(word))
	const [folder, target] = [from, to].map((word) => word && absolute(word, places.folder))
	if (from === undefined || to === undefined) return refuse('robocopy does not name two folders')
	if (folder === undefined || target === undefined)
		return refuse(
			`the path ${joined((folder === undefined ? from : to).pieces).text} begins in a folder that only the old server knows`,
		)
	if (hasWildcard(folder) || hasWildcard(target)) return refuse('robocopy is given a pattern for a folder')
	declareAt(context, 'RG-D198', `It copies from ${joined(folder.pieces).text} to ${joined(target.pieces).text}.`)
	const patterns = names.length === 0 ? [{ pieces: ['*'], quoted: true }] : names
	if (needsFile && patterns.length > 1)
		return refuse('its task fails where robocopy copies no file of several patterns')
	return patterns.map((pattern) => ({
		what: {
			...plain,
			operation: switches.includes('/mov') ? 'move-file' : 'copy-file',
			source: joined(folder.pieces),
			destination: joined(target.pieces),
			intoFolder: true,
			overwrite: true,
		},
		each: { folder: joined(folder.pieces), pattern: joined(pattern.pieces), ...(needsFile ? { needsFile } : {}) },
		exactNames: true,
		open: isOpen(folder, target, pattern),
	}))
}
