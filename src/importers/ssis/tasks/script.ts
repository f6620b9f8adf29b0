/** Script Task: code that works on variables and on the outside (Microsoft: Script Task). */
import type { Task } from '#model/control-flow.ts'
import type { DifferenceId } from '#model/differences.ts'
import { visitProgram, visitStatements } from '#model/scripts.ts'
import type { Refusal } from '../flow/parts.ts'
import { refuse } from '../flow/parts.ts'
import { connectionsOf, databasesOf, placesOf, variablesOf } from '../scripts/contract.ts'
import { readScript } from '../scripts/read-script.ts'
import { scriptOfTask } from '../scripts/storage.ts'
import type { TaskContext } from './task-context.ts'
import { declareAt, placeOf, taskBase } from './task-context.ts'

export function lowerScriptTask(context: TaskContext): Task | Refusal {
	const { executable, scope } = context
	const stored = scriptOfTask(executable.data)
	if (stored === undefined) return refuse('it holds no source code')
	const named = new Map(
		[...stored.text.matchAll(/Connections\s*[[(]\s*"([^"]+)"/g)].map(([, name = '']) => [name, name]),
	)
	const read = readScript(stored, {
		variables: variablesOf(stored, scope),
		outputs: [],
		connections: connectionsOf(named, scope),
		databases: databasesOf(named, scope),
		places: placesOf(scope),
	})
	if ('reason' in read) return read
	const { program } = read
	const reads = new Set<string>()
	const writes = new Set<string>()
	visitProgram(program, (part) => {
		if (part.kind === 'variable' || part.kind === 'parameter') reads.add(part.name)
	})
	for (const { body } of program.methods) {
		visitStatements(body, (one) => {
			if (one.kind === 'set' && one.target.kind === 'variable') writes.add(one.target.name)
		})
	}
	for (const id of read.differences) declareAt(context, id as DifferenceId, 'in its script')
	for (const [name, description] of read.opened)
		context.collected.connections.push({ name, kind: 'database', description, provenance: placeOf(context) })
	return { ...taskBase(context), kind: 'script', program, reads: [...reads], writes: [...writes] }
}
