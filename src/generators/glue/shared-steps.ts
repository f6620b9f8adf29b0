/** Long texts of conversions and operations, each as a function that a script has once. */
import type { SharedStep } from '#languages/pyspark.ts'
import type { Py } from '#languages/python.ts'
import { atom } from '#languages/python.ts'
import { slug } from '../names.ts'
import { docText } from './doc-text.ts'

/** Shorter texts are easier to read where they stand. */
const shortest = 110

const parameters = ['value', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth']

export class SharedSteps {
	readonly functions: string[] = []
	readonly #names = new Map<string, string>()
	readonly #taken = new Set<string>()

	/** The step in place, or a call of its function. */
	print(step: SharedStep): { readonly text: Py; readonly isCall: boolean } {
		const inline = step.print(step.args)
		const free = step.args.flatMap((arg, position) => (step.fixed[position] === true ? [] : [arg]))
		if (free.length === 0 || free.length > parameters.length) return { text: inline, isCall: false }
		const names = parameters.slice(0, free.length)
		let next = 0
		const body = step.print(
			step.args.map((arg, position) => (step.fixed[position] === true ? arg : atom(names[next++] ?? ''))),
		)
		// What depends on the run cannot stand outside the function that has its arguments.
		const isBound = /\b(?:params|variables|row|state)\b[[.]/.test(body.code)
		if (body.code.length < shortest || isBound) return { text: inline, isCall: false }
		const name = this.#nameOf(step, names, body)
		return { text: atom(`${name}(${free.map(({ code }) => code).join(', ')})`), isCall: true }
	}

	#nameOf(step: SharedStep, names: readonly string[], body: Py): string {
		const key = `${step.key}\n${body.code}`
		const known = this.#names.get(key)
		if (known !== undefined) return known
		const plain =
			`as_${slug(step.label.replace(/^.* to /, '').replace(/^(datastage|ssis|shared)[\w-]*\./, ''))}`.replace(
				/_fails$/,
				'_failed',
			)
		let name = plain
		for (let count = 2; this.#taken.has(name); count += 1) name = `${plain}_${count}`
		this.#taken.add(name)
		this.#names.set(key, name)
		const head = `def ${name}(${names.map((one) => `${one}: Column`).join(', ')}) -> Column:`
		this.functions.push(`${head}\n    """${describe(step.label)}"""\n    return ${body.code}\n`)
		return name
	}
}

function describe(label: string): string {
	const failed = label.endsWith(' fails')
	const what = docText(label.replace(/ fails$/, ''))
	const isConversion = what.includes(' to ')
	if (failed) return isConversion ? `Does ${what} fail?` : `Does ${what} fail?`
	return isConversion ? `Converts ${what} as the source engine does.` : `${what}, as the source language has it.`
}
