/** Text files of the world outside, and what commands write about them. */
import type { ReadFileTask } from '#model/control-flow.ts'

/** What is in a file that a sequence reads. */
export const textInFile = (isEmpty: boolean): string => (isEmpty ? '' : '7\nb c\n\n20')

/** The field mark: DataStage puts one behind each line that a command writes. */
const fieldMark = '\u{FE}'

export function tellLines(what: ReadFileTask['tells'], text: string): string {
	const lines = text.replace(/\n$/, '').split('\n')
	const isEmpty = text === ''
	switch (what) {
		case 'lines':
			return isEmpty ? '' : lines.map((line) => `${line}${fieldMark}`).join('')
		case 'first-line':
			return isEmpty ? '' : `${lines[0] ?? ''}${fieldMark}`
		case 'last-line':
			return isEmpty ? '' : `${lines.at(-1) ?? ''}${fieldMark}`
		case 'count':
			// Line ends are counted, not lines.
			return `${text.split('\n').length - 1}${fieldMark}`
	}
}
