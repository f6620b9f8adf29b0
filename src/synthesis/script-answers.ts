/** What scripts are told that ask for files and addresses: there are some, or none, as a run of the job has it. */
import type { DataFlow } from '#model/operators.ts'
import type { ScriptProgram } from '#model/scripts.ts'
import type { Row, Value } from '#model/values.ts'
import type { Answer, HelperEffect, Outside } from '#reference/effects.ts'
import { askedColumns, namesFor } from './asked-columns.ts'
import { documentAsked } from './asked-documents.ts'
import { rowAnswers } from './row-answers.ts'
import type { ControlInputs } from './scenario.ts'

/** What the files of a script hold, by the id of its operator or task. */
export type Contents = ReadonlyMap<string, string>

/** How the world is where nothing else is said. */
export const ordinaryWorld: ControlInputs = { rows: 3, files: 3 }

/** Scripts that may ask, by the ids of their operators and tasks. */
interface Asking {
	/** Those of data flows that see rows. */
	readonly withRows: ReadonlyMap<string, ScriptProgram>
	readonly withoutRows: ReadonlyMap<string, ScriptProgram>
	readonly tasks?: ReadonlyMap<string, ScriptProgram>
}

export function scriptsOfFlows(flows: readonly DataFlow[]): Asking {
	const scripts = flows.flatMap(({ operators }) => operators.filter((one) => one.kind === 'script'))
	const programs = (hasInput: boolean): ReadonlyMap<string, ScriptProgram> =>
		new Map(scripts.filter((one) => one.hasInput === hasInput).map(({ id, program }) => [id, program]))
	return { withRows: programs(true), withoutRows: programs(false) }
}

/** The world of one run; another run begins anew. */
export function makeScriptAnswers({ withRows, withoutRows, tasks }: Asking, inputs: ControlInputs): Outside {
	const asked = new Map<string, number>()
	const single = rowAnswers()
	return (effect) => {
		const { task } = effect
		if (effect.kind === 'sql') {
			if (effect.gives !== undefined) return single(effect)
			return { rows: rowsForScript(withRows.get(task) ?? withoutRows.get(task) ?? tasks?.get(task), inputs.rows) }
		}
		if (effect.helper === 'read_document')
			return documentAsked(withRows.get(task) ?? withoutRows.get(task) ?? tasks?.get(task), inputs.files)
		const turn = asked.get(task) ?? 0
		if (effect.helper === 'path_exists') asked.set(task, turn + 1)
		// Rows ask one after another, and find both: a file that is there, and one that is not.
		return answer(effect, inputs, withRows.has(task) && turn % 2 === 1)
	}
}

function answer({ task, helper, args }: HelperEffect, { files, contents }: ControlInputs, isAbsent: boolean): Answer {
	const names = Array.from({ length: files }, (_none, index) => `file ${index + 1}.txt`)
	switch (helper) {
		case 'new_guid':
			return { value: '3f2504e0-4f89-41d3-9a0c-0305e82c3301' }
		case 'path_exists':
			return { value: files > 0 && !isAbsent }
		case 'folder_files': {
			const { path } = args
			return { value: names.map((name) => `${typeof path === 'string' ? path : ''}/${name}`) }
		}
		// The script goes on with the file that it has made.
		case 'create_file':
			return typeof args['path'] === 'string' ? { value: args['path'] } : {}
		case 'archive_entries':
			return { value: names }
		case 'sub_folders': {
			const { path } = args
			return { value: names.map((_name, index) => `${typeof path === 'string' ? path : ''}/folder ${index + 1}`) }
		}
		case 'file_time':
			return { value: 1_709_208_000_000n }
		case 'file_size':
			return { value: BigInt(files) * 1000n }
		case 'read_statements':
			return { value: ['first statement of the file', 'second statement of the file'] }
		case 'read_text':
		case 'http_get':
			return { value: files === 0 ? '' : (contents?.get(task) ?? names.join('\n')) }
		case 'http_request':
			return { value: files === 0 ? [404n, ''] : [200n, contents?.get(task) ?? names.join('\n')] }
		default:
			return {}
	}
}

/** Rows with the columns that the script asks for; whole numbers read as numbers and as texts. */
function rowsForScript(program: ScriptProgram | undefined, count: number): readonly Row[] {
	const asked = askedColumns(program === undefined ? [] : [program])
	const columns = namesFor(asked, asked.names.length > 0 ? 0 : 4)
	return Array.from({ length: count }, (_none, row) =>
		Object.fromEntries(columns.map((name, at): [string, Value] => [name, asked.value(name, row * 10 + at)])),
	)
}
