import path from 'node:path/posix'
import type { Finding, SourceFile } from './finding.ts'
import { importsOf } from './imports.ts'

/** What one top folder of `src/` may lean on. */
type Layer = {
	/** Imports run from a higher rank to a lower one. */
	readonly rank: number
	/** No file system, network, process, clock or randomness: the purity rule reads this. */
	readonly pure: boolean
	/** Folders of the same rank that it may use all the same. */
	readonly beside: readonly LayerName[]
	readonly about: string
}

export type LayerName =
	| 'model'
	| 'languages'
	| 'config'
	| 'importers'
	| 'analysis'
	| 'reference'
	| 'synthesis'
	| 'generators'
	| 'forge'
	| 'engines'
	| 'evidence'
	| 'publish'
	| 'report'
	| 'queue'
	| 'pipeline'
	| 'bot'
	| 'app'
	| 'action'
	| 'cli'

/** The order of the project's folders: the one place where it is written down. */
export const layers: { readonly [name in LayerName]: Layer } = {
	model: { rank: 0, pure: true, beside: [], about: 'the intermediate representation' },
	languages: { rank: 1, pure: true, beside: [], about: 'expression languages and the catalogue of operations' },
	config: { rank: 2, pure: false, beside: [], about: 'the config schema, its defaults and its printed reference' },
	importers: { rank: 2, pure: true, beside: [], about: 'exports of legacy tools to the model' },
	analysis: { rank: 2, pure: true, beside: [], about: 'complexity, lineage, fingerprints of jobs' },
	reference: { rank: 2, pure: true, beside: [], about: 'the row interpreter, the oracle of all comparisons' },
	synthesis: { rank: 2, pure: true, beside: ['analysis', 'reference'], about: 'rows that reach every branch' },
	generators: { rank: 2, pure: true, beside: ['analysis', 'config'], about: 'the model to scripts and documents' },
	forge: { rank: 3, pure: false, beside: [], about: 'places where pull requests live' },
	engines: { rank: 3, pure: false, beside: [], about: 'places where a generated script runs' },
	evidence: { rank: 3, pure: false, beside: ['engines'], about: 'comparing rows, grading' },
	publish: { rank: 3, pure: false, beside: ['evidence', 'forge'], about: 'the wanted state of a pull request' },
	report: { rank: 3, pure: true, beside: ['evidence'], about: 'the portfolio report as a document of its own' },
	queue: { rank: 3, pure: false, beside: [], about: 'work that waits, and who does it' },
	pipeline: { rank: 4, pure: false, beside: [], about: 'the whole way for one unit, shared by the hosts' },
	bot: { rank: 5, pure: false, beside: [], about: 'what the bot does in a repository, whoever the host is' },
	app: { rank: 6, pure: false, beside: [], about: 'host: the GitHub App' },
	action: { rank: 6, pure: false, beside: ['app'], about: 'host: the GitHub Action' },
	cli: { rank: 7, pure: false, beside: [], about: 'host: the command line, which starts the App too' },
}

const remedyForOrder =
	'move what is shared into a lower layer, or pass it in as an argument; the order is in scripts/rules/layers.ts'

/** Checks that imports run downward between the folders of `src/`, and how they are spelled. */
export function checkLayers(files: readonly SourceFile[]): readonly Finding[] {
	return files.filter((file) => file.path.startsWith('src/')).flatMap(checkFile)
}

function checkFile(file: SourceFile): readonly Finding[] {
	const from = layerOf(file.path)
	if (from === undefined) {
		return [
			{
				file: file.path,
				what: 'This folder is not a layer of the project.',
				why: 'a folder without a place in the order could import anything.',
				remedy: 'move the file into a layer, or give its folder a rank in scripts/rules/layers.ts.',
			},
		]
	}
	return importsOf(file).flatMap(({ specifier, line }) => {
		const target = targetOf(file.path, specifier)
		if (target === undefined) return []
		const place = { file: file.path, line }
		return [...checkSpelling(place, from, specifier, target), ...checkOrder(place, from, target)]
	})
}

type Place = { readonly file: string; readonly line: number }

function checkSpelling(place: Place, from: LayerName, specifier: string, target: string): readonly Finding[] {
	const relative = specifier.startsWith('.')
	const inside = layerOf(target) === from
	if (relative === inside) return []
	const wanted = inside ? relativeTo(place.file, target) : `#${target.slice('src/'.length)}`
	return [
		{
			...place,
			what: `'${specifier}' is spelled for the other side of a layer's border.`,
			why: 'imports inside a layer are relative and those across layers start with #, so a reader sees the border.',
			remedy: `write '${wanted}'.`,
		},
	]
}

function checkOrder(place: Place, from: LayerName, target: string): readonly Finding[] {
	const to = layerOf(target)
	if (to === undefined || to === from) return []
	const { rank, beside } = layers[from]
	if (layers[to].rank < rank || beside.includes(to)) return []
	return [
		{
			...place,
			what: `${from} must not import ${to} (${target}).`,
			why:
				layers[to].rank === rank
					? `${from} and ${to} stand side by side, so that each can be changed and tested without the other.`
					: `${to} stands above ${from}, and imports run downward only, so that the lower part works alone.`,
			remedy: `${remedyForOrder}.`,
		},
	]
}

/** The path below the root that a specifier means, or undefined for what lies outside `src/`. */
function targetOf(importer: string, specifier: string): string | undefined {
	if (specifier.startsWith('#')) return `src/${specifier.slice(1)}`
	if (!specifier.startsWith('.')) return undefined
	const target = path.join(path.dirname(importer), specifier)
	return target.startsWith('src/') ? target : undefined
}

function relativeTo(importer: string, target: string): string {
	const relative = path.relative(path.dirname(importer), target)
	return relative.startsWith('.') ? relative : `./${relative}`
}

/** The layer that a path below the root belongs to. */
export function layerOf(file: string): LayerName | undefined {
	const [root, folder, ...rest] = file.split('/')
	return root === 'src' && rest.length > 0 && isLayer(folder) ? folder : undefined
}

function isLayer(name: string | undefined): name is LayerName {
	return name !== undefined && Object.hasOwn(layers, name)
}
