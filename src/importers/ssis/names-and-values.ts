/** Variables and parameters of the job, with their values as the model holds them. */
import { convert } from '#languages/ssis/convert.ts'
import { lowerSsis } from '#languages/ssis/lower.ts'
import type { SsisType } from '#languages/ssis/types.ts'
import { toModel, wstr } from '#languages/ssis/types.ts'
import type { Variable } from '#model/control-flow.ts'
import type { Parameter } from '#model/job.ts'
import type { Value } from '#model/values.ts'
import { isError, makeTimestamp } from '#model/values.ts'
import { typeDefault } from './flow/values.ts'
import type { ExecutableRecord, ParameterRecord } from './formats/records.ts'
import type { PackageScope } from './package-scope.ts'
import { valueType } from './package-scope.ts'

/** Stored values are texts in the form that the engine's own conversion reads; no conversion of one needs the clock. */
function storedValue(text: string, type: SsisType): Value | undefined {
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
	return {
		name: record.name,
		type: toModel(type),
		...(value === undefined ? {} : { default: value }),
		secret: record.sensitive,
		description: record.description,
		provenance: { file: record.file, path: record.name, lines: record.lines },
	}
}

/** Variables of the package and of all that is in it; of several with one name, the outermost stands for all. */
export function collectVariables(root: ExecutableRecord, scope: PackageScope): readonly Variable[] {
	const found = new Map<string, Variable>()
	const visit = (executable: ExecutableRecord, outer: PackageScope): void => {
		const inner = outer.within(executable)
		for (const record of executable.variables) {
			if (record.name.startsWith('System::') || found.has(record.name)) continue
			const type = valueType(record.dataType)
			const value = storedValue(record.value, type) ?? typeDefault(type)
			const lowered =
				record.expression === undefined
					? undefined
					: lowerSsis(record.expression, { columns: [], variables: inner.symbols })
			found.set(record.name, {
				name: record.name,
				type: toModel(type),
				initial: { kind: 'literal', value, type: toModel(type) },
				...(lowered === undefined ? {} : { expression: lowered.expression }),
				provenance: { file: scope.file, path: record.name, lines: record.lines },
			})
		}
		for (const one of executable.executables) visit(one, inner)
	}
	visit(root, scope)
	return [...found.values()]
}
