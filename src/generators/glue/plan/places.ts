/** Where legacy paths are now. */

/** The path below the longest mapped prefix, or undefined when none is. `\` and `/` are the same, as is letter case after a drive. */
export function relocate(path: string, paths: Readonly<Record<string, string>>): string | undefined {
	const found = Object.keys(paths)
		.filter((prefix) => startsWith(path, prefix))
		.sort((left, right) => right.length - left.length || (left < right ? -1 : 1))[0]
	if (found === undefined) return undefined
	const rest = path.slice(comparable(found).length).replaceAll('\\', '/').replace(/^\/+/, '')
	const place = paths[found] ?? ''
	if (rest === '') return place.replace(/\/+$/, '')
	return `${place.replace(/\/+$/, '')}/${rest}`
}

const comparable = (path: string): string => path.replaceAll('\\', '/').replace(/\/+$/, '')

function startsWith(path: string, prefix: string): boolean {
	const [whole, start] = [comparable(path), comparable(prefix)]
	const head = whole.slice(0, start.length)
	const same = /^[a-z]:/i.test(start) ? head.toLowerCase() === start.toLowerCase() : head === start
	return same && (whole.length === start.length || whole[start.length] === '/')
}
