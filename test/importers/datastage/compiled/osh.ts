/** Reads the script that the engine's compiler made of a job (`OrchestrateCode`): what DataStage itself understood. */

export interface OshOption {
	/** Without the dash: `key`. */
	readonly name: string
	/** Values up to the next option, unquoted. */
	readonly values: readonly string[]
}

export interface OshColumn {
	readonly name: string
	/** `int32`, `ustring[max=255]`, `nullable decimal[8,2]`. */
	readonly type: string
}

export interface OshLink {
	readonly index: number
	/** Link names as the job has them, of links that partitioners and sorts were put into. */
	readonly link: string
	/** Columns that `keep` names, and what is renamed: new name → old name. Undefined: nothing is said. */
	readonly keep?: readonly string[]
	readonly renamed: ReadonlyMap<string, string>
}

export interface OshOperator {
	readonly stage: string
	readonly operator: string
	readonly options: readonly OshOption[]
	/** Columns of a `-schema record`. */
	readonly schema: readonly OshColumn[]
	readonly inputs: readonly OshLink[]
	readonly outputs: readonly OshLink[]
}

export interface CompiledJob {
	readonly name: string
	readonly operators: readonly OshOperator[]
	/** Generated code of transform operators, by stage. */
	readonly transforms: ReadonlyMap<string, string>
}

const block = /=\+=\+=\+=\n([\s\S]*?)\n=\+=\+=\+=/

/** Every job of a DSX text that holds compiled code; of several copies of a job the last. */
export function compiledJobs(text: string): readonly CompiledJob[] {
	const jobs = new Map<string, CompiledJob>()
	for (const [section] of text.replaceAll('\r\n', '\n').matchAll(/^BEGIN DSJOB$[\s\S]*?^END DSJOB$/gm)) {
		const name = /^ {3}Identifier "([^"]*)"/m.exec(section)?.[1] ?? ''
		const at = section.indexOf('OrchestrateCode =+=')
		const code = at === -1 ? undefined : block.exec(section.slice(at))?.[1]
		if (code !== undefined) jobs.set(name, { name, operators: operatorsOf(code), transforms: transformsOf(section) })
	}
	return [...jobs.values()]
}

/** `TrxGenCode` stands among the properties of a Transformer's record, with or without the escapes of a quoted value. */
function transformsOf(section: string): ReadonlyMap<string, string> {
	const records = section.split(/^ {3}BEGIN DSRECORD$/m).filter((record) => record.includes('Name "TrxGenCode"'))
	return new Map(
		records.map((record) => {
			const stage = /^ {6}Name "([^"]*)"/m.exec(record)?.[1] ?? ''
			const rest = record.slice(record.indexOf('Name "TrxGenCode"'))
			return [stage, unescaped(block.exec(rest)?.[1] ?? /Value "((?:[^"\\]|\\.)*)"/.exec(rest)?.[1] ?? '')]
		}),
	)
}

const unescaped = (text: string): string =>
	text.replaceAll(/\\(?:\(([0-9A-F]+)\)|(["\\]))/g, (_all, code: string | undefined, plain: string | undefined) =>
		code === undefined ? (plain ?? '') : String.fromCharCode(Number.parseInt(code, 16)),
	)

function operatorsOf(code: string): readonly OshOperator[] {
	return code
		.split(/^;$/m)
		.filter((part) => part.includes('## Operator\n'))
		.map(readOperator)
}

function readOperator(part: string): OshOperator {
	const stage = /^#### STAGE: (.*)$/m.exec(part)?.[1] ?? ''
	const [operator = '', ...inline] = (/## Operator\n(.*)$/m.exec(part)?.[1] ?? '').split(' ')
	const options = /## Operator options\n([\s\S]*?)\n## General options/.exec(part)?.[1] ?? inline.join(' ')
	const inputs = /## Inputs\n([\s\S]*?)(?=\n## Outputs|$)/.exec(part)?.[1] ?? ''
	const outputs = /## Outputs\n([\s\S]*)$/.exec(part)?.[1] ?? ''
	return {
		stage,
		operator,
		options: readOptions(withoutSchema(options)),
		schema: readSchema(options),
		inputs: readLinks(inputs),
		outputs: readLinks(outputs),
	}
}

const withoutSchema = (text: string): string => text.replaceAll(/^-schema record[\s\S]*?^\)$/gm, '')

function readOptions(text: string): readonly OshOption[] {
	const options: { name: string; values: string[] }[] = []
	for (const [word] of text.matchAll(/'(?:[^'\\]|\\.)*'|\S+/g)) {
		if (/^-[A-Za-z_]/.test(word)) options.push({ name: word.slice(1), values: [] })
		else options.at(-1)?.values.push(word.startsWith("'") ? word.slice(1, -1) : word)
	}
	return options
}

function readSchema(text: string): readonly OshColumn[] {
	const body = /^\(\n([\s\S]*?)^\)$/m.exec(text)?.[1] ?? ''
	return [...body.matchAll(/^ {2}(\S+?):(.+?)(?: \{.*\})?;$/gm)].map(([, name = '', type = '']) => ({ name, type }))
}

/** `0> [modify ( … )] 'STAGE:link.v'`; the compiler puts `_Part` and `_Sort` behind names of links that it works on. */
function readLinks(text: string): readonly OshLink[] {
	return [...text.matchAll(/^(\d+)[<>] \[([\s\S]*?)\] '([^']*)'/gm)].map(([, index, modify = '', name = '']) => {
		const link = (name.split(':').at(-1) ?? '').replace(/\.v$/, '').replaceAll(/(?:_Part|_Sort)+$/g, '')
		const kept = /keep\s+([\s\S]*?);/.exec(modify)?.[1]
		const renames = [...modify.matchAll(/(\w+)(?::[^=;]+)?=(\w+)/g)].map(
			([, to = '', from = '']) => [to, from] as const,
		)
		return {
			index: Number(index),
			link,
			renamed: new Map(renames),
			...(kept === undefined ? {} : { keep: kept.split(',').map((column) => column.trim()) }),
		}
	})
}
