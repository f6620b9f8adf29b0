/**
 * Files that fit a pattern, as calls of S3: a page of the listing at a time is filtered and worked on, until there is no more.
 * A result of a state has at most 256 KiB (AWS: quotas of Step Functions), hence the size of a page.
 */
import { literalText } from '#languages/jsonata/text.ts'
import type { FilesTask } from '#model/control-flow.ts'
import type { ChoiceRule, Json, State } from './asl.ts'
import { added, jsonata } from './asl.ts'
import { endings, failureState } from './endings.ts'
import { pageCode, tellCode } from './pattern.ts'
import type { S3Object } from './s3.ts'
import { bucketOf, objectKeyOf, s3Object } from './s3.ts'
import type { Region } from './scope.ts'
import { keyOf, stateName } from './scope.ts'

const pageSize = 300

export function filesStates(task: FilesTask, next: string, region: Region): string {
	const { machine, scope } = region
	const { bad, catchers } = endings(task, 'Unhandled failure encountered in', next, region)
	const key = keyOf(machine, task)
	const own = `$states.input.${key}`
	const name = stateName(machine, task)
	const put = (what: string, make: (name: string) => State): string => {
		const state = machine.memory.state(`${task.name}: ${what}`)
		scope.states.set(state, make(state))
		return state
	}
	const done = put('done', () => ({
		Type: 'Pass',
		Output: jsonata(added(`'${key}': {'ReturnValue': '0', 'CommandOutput': ${tellCode(task.tells, own)}}`)),
		Next: next,
	}))
	const failed = task.needsFile ? put('no such file', () => failureState(task, bad, next, region)) : undefined
	const ends: readonly ChoiceRule[] =
		failed === undefined ? [] : [{ Comment: 'Nothing fits', Condition: jsonata(`${own}.Fitting = 0`), Next: failed }]
	const more = put('more?', () => ({
		Type: 'Choice',
		Choices: [{ Comment: 'Another page', Condition: jsonata(`${own}.Token != ''`), Next: name }, ...ends],
		Default: done,
	}))
	const behind = task.action === 'list' ? more : workStates(task, more, catchers, region)
	const folder = firstPart(task, region)
	scope.states.set(name, {
		Type: 'Task',
		Comment: `${action[task.action]} what fits ${task.pattern.map(({ text }) => text)[0] ?? ''}`.slice(0, 200),
		Resource: 'arn:aws:states:::aws-sdk:s3:listObjectsV2',
		Arguments: jsonata(
			`($path := ${folder.path}; $merge([{'Bucket': ${bucketOf('$path')}, 'Prefix': ${objectKeyOf('$path')}, 'MaxKeys': ${pageSize}}, $exists(${own}.Token) and ${own}.Token != '' ? {'ContinuationToken': ${own}.Token} : {}]))`,
		),
		Output: jsonata(pageCode(task, key, folder, machine)),
		...(catchers.length === 0 ? {} : { Catch: catchers }),
		Next: behind,
	})
	return name
}

const action: Readonly<Record<FilesTask['action'], string>> = {
	copy: 'Copies',
	delete: 'Deletes',
	list: 'Looks for',
	move: 'Moves',
}

function firstPart(task: FilesTask, { machine }: Region): S3Object {
	const [first] = task.pattern
	if (first === undefined) throw new Error(`${task.id} has no pattern`)
	return s3Object(first, machine)
}

/** What is done to the files of a page. */
function workStates(
	task: FilesTask,
	more: string,
	catchers: readonly { readonly ErrorEquals: readonly string[]; readonly Next: string }[],
	region: Region,
): string {
	const { machine, scope } = region
	const own = `$states.input.${keyOf(machine, task)}`
	const work = machine.memory.state(`${task.name}: ${task.action}`)
	const any = machine.memory.state(`${task.name}: any?`)
	scope.states.set(any, {
		Type: 'Choice',
		Choices: [{ Condition: jsonata(`$count(${own}.Keys) > 0`), Next: work }],
		Default: more,
	})
	const tail = {
		Output: jsonata('$states.input'),
		...(catchers.length === 0 ? {} : { Catch: catchers }),
		Next: more,
	}
	if (task.action === 'delete') {
		scope.states.set(work, {
			Type: 'Task',
			Resource: 'arn:aws:states:::aws-sdk:s3:deleteObjects',
			Arguments: {
				Bucket: jsonata(`${own}.Bucket`),
				Delete: { Objects: jsonata(`[${own}.Keys.{'Key': $}]`), Quiet: true },
			},
			...tail,
		})
		return any
	}
	scope.states.set(work, {
		Type: 'Map',
		Items: jsonata(itemsCode(task, own, region)),
		MaxConcurrency: 10,
		ItemProcessor: itemMachine(task, region),
		...tail,
	})
	return any
}

/** Where each file is, and where it goes: its name in the folder of the pattern, in the other folder. */
function itemsCode({ id, destination }: FilesTask, own: string, { machine }: Region): string {
	if (destination === undefined) throw new Error(`${id} has no destination`)
	const steps = [
		`$page := ${own}`,
		`$to := ${s3Object(destination, machine).path}`,
		"$above := $length($replace($page.From, /[^/]*$/, ''))",
		`$folder := $replace(${objectKeyOf('$to')}, /[/]+$/, '') & '/'`,
	]
	const item = `{'From': $page.Bucket, 'Key': $, 'To': ${bucketOf('$to')}, 'Target': $folder & $substring($, $above)}`
	return `(${steps.join('; ')}; [$page.Keys.${item}])`
}

function itemMachine(task: FilesTask, { machine }: Region): { readonly [key: string]: Json } {
	const copy = machine.memory.state(`${task.name}: copy one`)
	const remove = machine.memory.state(`${task.name}: remove the source`)
	const copying = {
		Type: 'Task',
		Resource: 'arn:aws:states:::aws-sdk:s3:copyObject',
		Arguments: {
			CopySource: jsonata("$encodeUrl($states.input.From & '/' & $states.input.Key)"),
			Bucket: jsonata('$states.input.To'),
			Key: jsonata('$states.input.Target'),
		},
		Output: jsonata('$states.input'),
	}
	const removing = {
		Type: 'Task',
		Resource: 'arn:aws:states:::aws-sdk:s3:deleteObject',
		Arguments: { Bucket: jsonata('$states.input.From'), Key: jsonata('$states.input.Key') },
		Output: literalOutput,
		End: true,
	}
	if (task.action === 'copy')
		return { StartAt: copy, States: { [copy]: { ...copying, Output: literalOutput, End: true } } }
	return { StartAt: copy, States: { [copy]: { ...copying, Next: remove }, [remove]: removing } }
}

/** A result of a pass that nobody reads. */
const literalOutput = jsonata(literalText('done'))
