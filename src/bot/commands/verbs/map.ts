import { relocate } from '#generators/glue/plan/places.ts'
import { code } from '#publish/markdown.ts'
import type { Act, Command } from '../command.ts'
import { decide } from '../decide.ts'
import type { UnitFacts } from '../unit-files.ts'
import { candidates, factsOf, inUnit, unitsFor } from '../units.ts'
import { wordsFor } from '../words.ts'

/** `/migrate map OLD=NEW`: where something is now. */
export const map = {
	takes: '[path:|connection:]OLD=NEW [--unit UNIT]',
	does: 'says where a path or a connection of the export is now',
	examples: ['/migrate map /data/in/=s3://acme-landing/', '/migrate map connection:ORACLE_DW=dw'],
	where: 'unit',
	bound: 'head',
	readOnly: false,
	read: wordsFor({ values: [1, 1], options: { unit: 'value' } }, ({ values: [text = ''], options }) => {
		const mapping = mappingOf(text)
		return typeof mapping === 'string' ? { problem: mapping } : { act: act(mapping, options.get('unit')) }
	}),
} as const satisfies Command

interface Mapping {
	readonly kind: 'path' | 'connection'
	readonly from: string
	readonly to: string
}

function mappingOf(text: string): Mapping | string {
	const match = /^(?:(path|connection|table|column):)?([^=]+)=(.+)$/is.exec(text)
	const [, prefix, from = '', to = ''] = match ?? []
	if (match === null) return `${code(text)} is no \`OLD=NEW\``
	const kind = prefix?.toLowerCase() ?? (/[\\/]/.test(from) || to.startsWith('s3://') ? 'path' : 'connection')
	if (kind === 'table' || kind === 'column') {
		return `tables and columns keep their names in the new job. To rename one, edit the generated script on this branch: your edit stays when it is generated again`
	}
	if (kind === 'path') return { kind, from, to }
	return /^[A-Za-z0-9_.-]+$/.test(to)
		? { kind: 'connection', from, to }
		: `${code(to)} is no name of a Glue connection: those have letters, digits, \`_\`, \`.\` and \`-\` only`
}

const act = (mapping: Mapping, wanted: string | undefined): Act =>
	inUnit(async (scene, talk) => {
		const units = unitsFor(talk, wanted)
		if (units.kind === 'refused') return units
		const why = withoutEffect(mapping, await factsOf(scene, talk, units.names))
		if (why !== undefined) return { kind: 'refused', why }
		return decide(scene, talk, new Map(units.names.map((unit) => [unit, [{ list: 'mappings', entry: mapping }]])))
	})

/** A mapping that nothing follows from is a slip: it would be believed to hold. */
function withoutEffect({ kind, from, to }: Mapping, { connections, paths }: UnitFacts): string | undefined {
	if (kind === 'connection') {
		if (connections.includes(from)) return undefined
		return `No job here uses a connection ${code(from)}.${candidates(from, connections)}`
	}
	if (paths.some((path) => relocate(path, { [from]: to }) !== undefined)) return undefined
	return `No path of a job here begins with ${code(from)}.${candidates(from, paths)}`
}
