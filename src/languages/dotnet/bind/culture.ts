/** Arguments that name a culture, or a style of reading that is the usual one. */
import { scriptTypeKey } from '#model/scripts.ts'
import type { Syntax } from '../syntax.ts'
import { pathOf } from './members.ts'
import { bind } from './recursion.ts'
import type { MethodScope } from './scope.ts'

const styles: ReadonlySet<string> = new Set([
	'DateTimeStyles.None',
	'NumberStyles.Any',
	'NumberStyles.Integer',
	'NumberStyles.Float',
	'NumberStyles.Number',
])

/** A culture that means what the invariant one means, `null`, `DateTimeStyles.None`: left out. Another culture is refused. */
export function isCulture(node: Syntax, scope: MethodScope): boolean {
	if (node.kind === 'literal') return node.type === 'null'
	const path = pathOf(node)
	if (path !== undefined && styles.has(path.slice(-2).join('.'))) return true
	const isLocal = path?.length === 1 && (scope.local(path[0] ?? '') ?? scope.field(path[0] ?? '')) !== undefined
	return (isLocal || namesCulture(node)) && scriptTypeKey(bind(node, scope).type) === 'CultureInfo'
}

/** `new CultureInfo(…)`, `CultureInfo.GetCultureInfo(…)`, and members of either. */
function namesCulture(node: Syntax): boolean {
	switch (node.kind) {
		case 'new':
			return /(?:^|\.)CultureInfo$/i.test(node.type.name)
		case 'call':
			return namesCulture(node.target)
		case 'member':
			return pathOf(node)?.some((part) => /^CultureInfo$/i.test(part)) ?? namesCulture(node.target)
		default:
			return false
	}
}

/** Is it en-US, or some culture that is held in a local? Then dates without a pattern of their own are written otherwise. */
export function isNamedCulture(node: Syntax): boolean {
	if (node.kind === 'literal') return false
	const last = pathOf(node)?.slice(-2).join('.').toLowerCase()
	return last !== 'cultureinfo.invariantculture' && last !== 'cultureinfo.currentculture'
}
