/** Zip archives as a whole (Microsoft: System.IO.Compression.ZipFile). */
import { scriptTypes } from '#model/scripts.ts'
import { atom, call } from '../../python.ts'
import type { Member } from '../operation.ts'
import { fixed } from '../operation.ts'
import { asText } from '../runtime.ts'

const { string, nothing } = scriptTypes

const whole = (name: string, helper: string, names: readonly [string, string]): Member =>
	fixed('ZipFile', name, {
		id: `ZipFile.${name}`,
		parameters: [string, string],
		result: nothing,
		isEffect: true,
		helper,
		paths: [0, 1],
		evaluate: ([from, to], { outside }) => outside({ helper, args: [asText(from), asText(to)], names }),
		python: ([from, to]) => call(helper, atom('spark'), from, to),
	})

export const archiveMembers: readonly Member[] = [
	whole('ExtractToDirectory', 'extract_archive', ['archive', 'folder']),
	whole('CreateFromDirectory', 'archive_folder', ['folder', 'archive']),
]
