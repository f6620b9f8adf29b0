/** Wide texts that become texts of a code page, which lacks most characters. */
import type { SsisType } from '#languages/ssis/types.ts'
import type { Expression } from '#model/expressions.ts'
import { visit } from '#model/expressions.ts'
import type { ProjectColumn } from '#model/operators.ts'
import type { Buffer } from './buffer.ts'
import { isSingleByte } from './code-pages.ts'
import type { ComponentContext } from './parts.ts'
import { declare } from './parts.ts'

/** Names the columns of a code page that a wide text of the row goes into. @param leaving with the types that they get */
export function declareNarrowed(
	context: ComponentContext,
	arriving: Buffer,
	leaving: Buffer,
	columns: readonly ProjectColumn[],
): void {
	const wide = new Set(arriving.filter(({ type }) => /^DT_(?:WSTR|NTEXT)$/.test(type.name)).map(({ name }) => name))
	const narrow = new Set(leaving.filter(({ type }) => isNarrow(type)).map(({ name }) => name))
	const names = columns
		.filter(({ name, value }) => narrow.has(name) && readsAny(value.expression, wide))
		.map(({ name }) => name)
	if (names.length > 0) declare(context, 'RG-D153', `${names.join(', ')} may hold characters that the code page lacks.`)
}

const isNarrow = (type: SsisType): boolean => 'codePage' in type && isSingleByte(type.codePage)

function readsAny(expression: Expression, names: ReadonlySet<string>): boolean {
	let found = false
	visit(expression, (part) => {
		found ||= part.kind === 'column' && names.has(part.name)
	})
	return found
}
