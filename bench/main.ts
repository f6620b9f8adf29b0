/** `npm run bench [-- parse [FOLDER] | engine | evidence [JOBS] | app | requests | mutations [PER-KIND [JOB…]]]`: prints the tables of docs/benchmarks.md. */
import { benchApp } from './app.ts'
import { benchEngine } from './engine.ts'
import { benchEvidence } from './evidence/bench.ts'
import { machine } from './measure.ts'
import { benchMutations } from './mutations/bench.ts'
import { benchParse } from './parse.ts'
import { benchRequests } from './requests.ts'

const [which, folder, ...names] = process.argv.slice(2)
const benches: Readonly<Record<string, () => Promise<string>>> = {
	parse: () => benchParse(folder),
	engine: benchEngine,
	evidence: () => benchEvidence(folder === undefined ? undefined : Number(folder)),
	app: benchApp,
	requests: benchRequests,
	mutations: () => benchMutations(folder === undefined ? undefined : Number(folder), names),
}
const wanted = which === undefined ? Object.keys(benches) : [which]
if (wanted.some((name) => benches[name] === undefined)) {
	console.error(`There is no benchmark ${which}; there is ${Object.keys(benches).join(', ')}.`)
	process.exit(2)
}
console.log(`${machine()}\n`)
for (const name of wanted) console.log(`${await benches[name]?.()}\n`)
