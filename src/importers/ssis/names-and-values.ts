/** Variables and parameters of the job, with their values as the model holds them. */
import { convert } from '#languages/ssis/convert.ts'
import type { Lowered } from '#languages/ssis/lower.ts'
import { lowerSsis } from '#languages/ssis/lower.ts'
import type { SsisType } from '#languages/ssis/types.ts'
import { toModel, wstr } from '#languages/ssis/types.ts'
import type { Variable } from '#model/control-flow.ts'
import type { SourcedExpression } from '#model/expressions.ts'
import type { Parameter } from '#model/job.ts'
import { text } from '#model/types.ts'
import type { Value } from '#model/values.ts'
import { isError, makeTimestamp } from '#model/values.ts'
import { typeDefault } from './flow/values.ts'
import type { ExecutableRecord, ParameterRecord, VariableRecord } from './formats/records.ts'
import { UniqueNames } from './formats/unique-names.ts'
import type { PackageScope, VariableNames } from './package-scope.ts'
import { factName, ownedName, symbolsIn, taskFacts, valueType } from './package-scope.ts'
import { asHeld } from './variable-values.ts'

const OBJECT = 13

/** Stored values are texts in the form that the engine's own conversion reads; no conversion of one needs the clock. */
export function storedValue(text: string, type: SsisType): Value | undefined {
	const model = toModel(type)
	if (model.kind === 'string') return text
	if (text.trim() === '') return typeDefault(type)
	if (model.kind === 'boolean') return /^\s*(true|-?1)\s*$/i.test(text)
	const run = { at: makeTimestamp(0n), job: '', project: '', host: '', invocation: '' }
	const value = convert(text.trim(), wstr(), type, { fastParse: false, run })
	return isError(value) ? undefined : value
}

export function toParameter(record: ParameterRecord): Parameter {
	const type = valueType(record.dataType)
	const value =
		record.sensitive || (record.required && record.value === '') ? undefined : storedValue(record.value, type)
	const environments = record.sensitive
		? []
		: (record.environments ?? []).flatMap(({ name, value: text }) => {
				const set = storedValue(text, type)
				return set === undefined ? [] : [{ name, value: set }]
			})
	return {
		name: record.name,
		type: toModel(type),
		...(value === undefined ? {} : { default: value }),
		...(environments.length === 0 ? {} : { environments }),
		secret: record.sensitive,
		description: record.description,
		provenance: { file: record.file, path: record.name, lines: record.lines },
	}
}

/** Everything with variables of its own: the package, what is in it, and event handlers. Outer ones come first. */
function owners(executable: ExecutableRecord): readonly ExecutableRecord[] {
	const inside = [...executable.executables, ...executable.handlers.map(({ container }) => container)]
	return [executable, ...inside.flatMap(owners)]
}

/** The first variable of a name keeps it; those of other owners carry theirs, so that each is one of its own. */
export function variableNames(root: ExecutableRecord): VariableNames {
	const names = new Map<string, string>()
	const taken = new UniqueNames()
	for (const owner of owners(root)) {
		for (const { name } of owner.variables) {
			const isFirst = ![...names].some(([key]) => key.endsWith(`\n${name}`))
			names.set(ownedName(owner, name), taken.take(isFirst ? name : `${name}#${owner.name}`))
		}
	}
	return names
}

/** Variables of the package and of all that is in it. */
export function collectVariables(root: ExecutableRecord, scope: PackageScope): readonly Variable[] {
	const found: Variable[] = []
	const visit = (executable: ExecutableRecord, outer: PackageScope): void => {
		const inner = outer.within(executable)
		for (const record of executable.variables.filter(({ name }) => !name.startsWith('System::'))) {
			const type = valueType(record.dataType)
			const value = storedValue(record.value, type) ?? typeDefault(type)
			const lowered =
				record.expression === undefined ? undefined : lowerSsis(record.expression, { columns: [], ...symbolsIn(inner) })
			found.push({
				name: inner.value(record.name)?.name ?? record.name,
				...(executable === root ? {} : { scope: executable.refId }),
				type: toModel(type),
				initial:
					record.parameter === undefined
						? { kind: 'literal', value, type: toModel(type) }
						: { kind: 'parameter', name: record.parameter, type: toModel(type) },
				...(lowered === undefined ? {} : { expression: inVariable(lowered, record) }),
				provenance: { file: scope.file, path: record.name, lines: record.lines },
			})
		}
		for (const one of executable.executables) visit(one, inner)
		for (const { container } of executable.handlers) visit(container, inner)
	}
	visit(root, scope)
	return found
}

/** What an expression gives to its variable; one that was not understood stays as it is. */
function inVariable({ expression, type }: Lowered, { dataType }: VariableRecord): SourcedExpression {
	if (type === undefined || dataType === OBJECT) return expression
	return { ...expression, expression: asHeld(expression.expression, type, valueType(dataType)) }
}

/** Facts of tasks that the job reads, as variables. @param job the lowered job as text */
export function taskVariables(job: string, root: ExecutableRecord, file: string): readonly Variable[] {
	return owners(root).flatMap((owner) =>
		taskFacts(owner).flatMap(([fact, value]): readonly Variable[] => {
			const name = factName(fact, owner)
			if (!job.includes(JSON.stringify(name))) return []
			const type = text()
			const provenance = { file, path: owner.refId, lines: owner.lines }
			return [{ name, scope: owner.refId, type, initial: { kind: 'literal', value, type }, provenance }]
		}),
	)
}
