import type { Syntax } from '../syntax.ts'
import { pathOf } from './members.ts'

/** `CultureInfo.InvariantCulture`, `null`, `DateTimeStyles.None`: what the invariant culture means anyway. */
export function isCulture(node: Syntax): boolean {
	const path = pathOf(node)
	if (node.kind === 'literal' && node.type === 'null') return true
	return (
		path !== undefined &&
		[
			'CultureInfo.InvariantCulture',
			'DateTimeStyles.None',
			'NumberStyles.Any',
			'NumberStyles.Integer',
			'NumberStyles.Float',
		].some((one) => path.join('.').endsWith(one))
	)
}
