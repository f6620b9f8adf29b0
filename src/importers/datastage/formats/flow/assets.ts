/** What an asset of a next-generation project is: by its folder, or else by what it holds. */
import type { JsonNode } from '../../../json/node.ts'
import { itemsAt, nodeAt, textAt } from '../../../json/node.ts'

export type AssetKind = 'flow' | 'subflow' | 'pipeline' | 'parameter-set' | 'connection'

const folders: ReadonlyMap<string, AssetKind> = new Map([
	['data_intg_flow', 'flow'],
	['data_intg_subflow', 'subflow'],
	['orchestration_flow', 'pipeline'],
	['parameter_set', 'parameter-set'],
	['connection', 'connection'],
])

/** Folders of what is compiled, run or tested: no design stands there. */
const others = /(?:^|\/)(?:px_executables|data_intg_test_case|job|job_run|asset_types)\//

/** Kind by the folder, or `undefined` when the folder tells nothing; `false`: nothing to read. */
export function kindByFolder(path: string): AssetKind | false | undefined {
	if (others.test(path) || path.includes('/.METADATA/')) return false
	const parent = path.split('/').at(-2) ?? ''
	return folders.get(parent)
}

/** The folder that holds the folders of assets; undefined for a file that lies in none of them. */
export function projectFolder(path: string): string | undefined {
	const parts = path.split('/')
	return folders.has(parts.at(-2) ?? '') ? parts.slice(0, -2).join('/') || '.' : undefined
}

export const isSubflow = (path: string): boolean => kindByFolder(path) === 'subflow'

/** Kind by what the document holds. */
export function kindOf(asset: JsonNode): AssetKind | undefined {
	if (nodeAt(asset, 'parameter_set') !== undefined) return 'parameter-set'
	const nodes = itemsAt(asset, 'pipelines').flatMap((one) => itemsAt(one, 'nodes'))
	if (nodes.some((node) => nodeAt(node, 'app_data', 'pipeline_data') !== undefined)) return 'pipeline'
	if (itemsAt(asset, 'pipelines').length > 0) return 'flow'
	return nodeAt(asset, 'entity', 'datasource_type') === undefined ? undefined : 'connection'
}

/** Name of an asset: that of its file, whose ending some exports leave out; the document names flows nowhere. */
export function assetName(path: string, asset: JsonNode): string {
	const file = path.split('/').at(-1) ?? ''
	return textAt(asset, 'metadata', 'name') || file.replace(/\.json$/i, '')
}
