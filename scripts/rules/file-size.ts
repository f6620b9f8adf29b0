import type { Finding, SourceFile } from './finding.ts'

const limit = 400

/** One file has one subject: none has more than 400 lines. */
export function checkFileSize(files: readonly SourceFile[]): readonly Finding[] {
	return files.flatMap((file) => {
		const lines = file.text.split('\n').length - (file.text.endsWith('\n') ? 1 : 0)
		if (lines <= limit) return []
		return [
			{
				file: file.path,
				what: `This file has ${lines} lines; the limit is ${limit}.`,
				why: 'a file this long has more than one subject, and nobody reads it whole.',
				remedy: 'name the subjects and give each a file of its own.',
			},
		]
	})
}
