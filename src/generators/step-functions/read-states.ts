/** A small text file that a sequence reads, as a call of S3. */
import { literalText } from '#languages/jsonata/text.ts'
import type { ReadFileTask } from '#model/control-flow.ts'
import { added, jsonata } from './asl.ts'
import { endings } from './endings.ts'
import { s3Object } from './s3.ts'
import type { Region } from './scope.ts'
import { keyOf, stateName } from './scope.ts'

export function readStates(task: ReadFileTask, next: string, region: Region): string {
	const { machine, scope } = region
	const { catchers } = endings(task, 'Unhandled failure encountered in', next, region)
	const name = stateName(machine, task)
	const { bucket, key } = s3Object(task.path, machine)
	const told = added(`'${keyOf(machine, task)}': {'ReturnValue': '0', 'CommandOutput': ${toldCode(task.tells)}}`)
	scope.states.set(name, {
		Type: 'Task',
		Comment: 'Reads a text file',
		Resource: 'arn:aws:states:::aws-sdk:s3:getObject',
		Arguments: { Bucket: jsonata(bucket), Key: jsonata(key) },
		Output: jsonata(`($text := $states.result.Body; $lines := $split($replace($text, /\\n$/, ''), ${end}); ${told})`),
		...(catchers.length === 0 ? {} : { Catch: catchers }),
		Next: next,
	})
	return name
}

const end = literalText('\n')
const mark = literalText('\u{FE}')

/** Each line that a command writes ends with a field mark; an empty file has no line. */
function toldCode(tells: ReadFileTask['tells']): string {
	const unlessEmpty = (code: string): string => `($text = '' ? '' : ${code})`
	switch (tells) {
		case 'lines':
			return unlessEmpty(`$join($lines, ${mark}) & ${mark}`)
		case 'first-line':
			return unlessEmpty(`$lines[0] & ${mark}`)
		case 'last-line':
			return unlessEmpty(`$lines[-1] & ${mark}`)
		case 'count':
			return `$string($count($split($text, ${end})) - 1) & ${mark}`
	}
}
