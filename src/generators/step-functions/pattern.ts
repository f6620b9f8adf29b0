/** Patterns of file names as JSONata, which knows regular expressions only as constants. */
import { literalText } from '#languages/jsonata/text.ts'
import type { FilesTask } from '#model/control-flow.ts'
import { added } from './asl.ts'
import { printed } from './printed.ts'
import type { S3Object } from './s3.ts'
import type { Machine } from './scope.ts'

/**
 * The state behind a page of a listing: the bucket, the keys that fit, how many fitted on all pages so far, what is to be told
 * about them, and where the next page begins.
 */
export function pageCode(task: FilesTask, key: string, folder: S3Object, machine: Machine): string {
	const own = `$states.input.${key}`
	const so = (field: string, first: string): string => `$exists(${own}.Token) ? ${own}.${field} : ${first}`
	const age = task.olderThanDays === undefined ? undefined : oldEnough(printed(task.olderThanDays, machine))
	const fields = [
		"'Bucket': $states.result.Name",
		"'From': $from",
		`'Keys': [$taken.Key]`,
		`'Fitting': (${so('Fitting', '0')}) + $count($fitting)`,
		"'Token': $states.result.IsTruncated = true ? $states.result.NextContinuationToken : ''",
		...toldFields(task, so),
	]
	const texts = task.pattern.slice(1).map((part) => printed(part, machine))
	const steps = [
		'$from := $states.result.Prefix',
		...(task.tells === 'nothing' || task.tells === 'count' ? [] : [`$folder := ${folder.path}`]),
		...texts.flatMap((text, index) => (text.startsWith("'") ? [] : [`${partName(index)} := ${text}`])),
		`$fits := function($name) {${fitsCode(task, texts)}}`,
		`$fitting := [$states.result.Contents[$fits($substring(Key, $length($from)))]]`,
		age === undefined ? '$taken := $fitting' : `$taken := [$fitting[${age}]]`,
	]
	return `(${steps.join('; ')}; ${added(`'${key}': {${fields.join(', ')}}`)})`
}

/** Texts of the pattern that are no constants have names. */
const partName = (index: number): string => `$part${index + 1}`

const oldEnough = (days: string): string =>
	`$floor(($toMillis($states.context.State.EnteredTime) - $toMillis(LastModified)) / 86400000) > $number(${days})`

/** Does what stands behind the first text of the pattern fit the others? */
function fitsCode(task: FilesTask, texts: readonly string[]): string {
	const others = texts.map((text, index) => (text.startsWith("'") ? text : partName(index)))
	// A name that begins with an asterisk is not one that begins with a full stop.
	const hidden = others.length === 0 ? [] : ["$not($substring($from, -1) = '/' and $substring($name, 0, 1) = '.')"]
	const last = others.at(-1)
	let rest = task.whole ? '$entry' : '$name'
	const tests = [...hidden, ...(task.whole ? [] : ["$not($contains($name, '/'))"])]
	for (const part of others.slice(0, -1)) {
		tests.push(`$contains(${rest}, ${part})`)
		rest = `$substringAfter(${rest}, ${part})`
	}
	if (last === undefined) tests.push(`${rest} = ''`)
	else if (last !== "''") tests.push(`$substring(${rest}, -$length(${last})) = ${last}`)
	const test = tests.join(' and ')
	return task.whole ? `($entry := $substringBefore($name, '/'); ${test === '' ? 'true' : test})` : test
}

/** What has to be remembered from page to page. */
function toldFields({ tells, whole }: FilesTask, so: (field: string, first: string) => string): readonly string[] {
	const entry = whole ? "$replace($substring(Key, $length($from)), /[/].*$/, '')" : '$substring(Key, $length($from))'
	const path = `$folder & ${entry}`
	switch (tells) {
		case 'nothing':
			return []
		case 'count':
			return [`'Names': $distinct($append(${so('Names', '[]')}, [$taken.(${entry})]))`]
		case 'paths':
			return [`'Names': $distinct($append(${so('Names', '[]')}, [$taken.(${path})]))`]
		case 'newest':
			return [
				`'Newest': $sort($append(${so('Newest', '[]')}, [$taken.{'At': LastModified, 'Path': ${path}}]), function($a, $b) {$a.At < $b.At})[[0]]`,
			]
	}
}

/** The text that the command writes; each line ends with a field mark. */
export function tellCode(tells: FilesTask['tells'], own: string): string {
	const mark = literalText('\u{FE}')
	switch (tells) {
		case 'nothing':
			return "''"
		case 'count':
			return `$string($count(${own}.Names)) & ${mark}`
		case 'paths':
			return `$join([${own}.Names.($ & ${mark})])`
		case 'newest':
			return `$join([${own}.Newest.(Path & ${mark})])`
	}
}
