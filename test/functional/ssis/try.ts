import { byReference, onSpark } from '../../support/ssis-case.ts'
import { createLocalSpark } from '#engines/local-spark/engine.ts'
import path from 'node:path'
const [file, only, how] = process.argv.slice(2)
const { cases } = await import(path.resolve(file))
const engine = how === 'spark' ? createLocalSpark({ cacheFolder: path.resolve('.cache/reglue') }) : undefined
let bad = 0
for (const one of cases) {
	if (only && only !== 'all' && !one.name.includes(only)) continue
	let r
	try { r = engine ? await onSpark(engine, one) : byReference(one) } catch (e) { console.log(`## ${one.name}: THROWS ${e.stack.split('\n').slice(0,4).join(' | ')}`); bad++; continue }
	const problems = []
	if (r.opaque.length) problems.push(`opaque: ${r.opaque.join('; ')}`)
	if ((r.failed ?? '') !== '' && !one.fails) problems.push(`failed: ${r.failed}`)
	if (one.fails && !(r.failed ?? '').includes(one.fails)) problems.push(`should fail with ${one.fails}, was ${r.failed}`)
	for (const [place, lines] of Object.entries(one.fails ? {} : one.expected ?? {})) {
		const have = r.outputs[place] ?? ['(no output)', ...Object.keys(r.outputs)]
		const o = (l) => one.ordered ? [...l] : [...l].sort()
		const a = o(lines), b = o(have)
		if (JSON.stringify(a) !== JSON.stringify(b)) {
			problems.push(`${place}\n  missing ${a.filter(x => !b.includes(x)).join('\n          ')}\n  extra   ${b.filter(x => !a.includes(x)).join('\n          ')}`)
		}
	}
	for (const [n, v] of Object.entries(engine ? {} : one.variables ?? {})) if (String(r.variables?.get(n)) !== String(v)) problems.push(`${n} is ${String(r.variables?.get(n))} not ${v}`)
	if (problems.length) { bad++; console.log(`## ${one.name}\n${problems.join('\n')}`) } else console.log(`ok ${one.name}`)
}
console.log(`${bad} bad`)
await engine?.close()
