/** `npm run bench [-- parse [FOLDER] | engine]`: prints the tables of docs/benchmarks.md for this machine. */
import { benchEngine } from './engine.ts'
import { machine } from './measure.ts'
import { benchParse } from './parse.ts'

const [which, folder] = process.argv.slice(2)
if (which !== undefined && which !== 'parse' && which !== 'engine') {
	console.error(`There is no benchmark ${which}; there is parse and engine.`)
	process.exit(2)
}
console.log(`${machine()}\n`)
if (which !== 'engine') console.log(`${await benchParse(folder)}\n`)
if (which !== 'parse') console.log(await benchEngine())
