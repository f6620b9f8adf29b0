/** Derivations of a dimension as columns of the source rows. */
import { tokenize } from '#languages/datastage-parallel/lexer.ts'
import type { ProjectColumn } from '#model/operators.ts'
import type { Column } from '#model/types.ts'
import { typeName } from '#model/types.ts'
import { findDsColumn } from '../../columns.ts'
import { derive, namesOf } from '../../derive.ts'
import type { Stream } from '../../flow.ts'
import { assigned, freeColumn, project } from '../../mapping.ts'
import type { StageContext, StageInput } from '../../stage-context.ts'

export interface SourceValues {
	/** The column of the source rows that has the value of the text, as the type of `target`; undefined: the stage is refused. */
	column(text: string, target: Column, use: string): Column | undefined
	/** The source rows with all these columns, and the names of those that were added. */
	finish(): { readonly stream: Stream; readonly added: readonly string[] }
}

export function sourceValues(context: StageContext, { link, stream }: StageInput): SourceValues {
	const names = namesOf(link.name, stream.schema)
	const computed = new Map<string, ProjectColumn>()
	const lines = context.stage.record.lines
	return {
		column(text, target, use) {
			const plain = plainColumn(text, link.name, stream)
			if (plain !== undefined && typeName(plain.type) === typeName(target.type)) return plain
			const known = computed.get(`${typeName(target.type)} ${text}`)
			if (known !== undefined) return known
			const value = derive(context, plain === undefined ? text : `${link.name}.${plain.name}`, names, lines, {
				target: target.type,
			})
			if (value === undefined) return undefined
			const taken = [...computed.values()].map((one) => one.name)
			const name = freeColumn(stream.schema, `${target.name}_${use}`, taken)
			const own = { name, type: target.type, nullable: true }
			const made = assigned(
				context,
				{ column: own, ...value, nullable: true, lines },
				{ kind: 'fail' },
				{ kind: 'fail' },
			)
			computed.set(`${typeName(target.type)} ${text}`, made)
			return own
		},
		finish: () => ({
			stream: project(context, stream, [...computed.values()], { part: 'values', passThrough: 'all' }),
			added: [...computed.values()].map((one) => one.name),
		}),
	}
}

/** A derivation that is nothing but a column of the source, with its link or without. */
function plainColumn(text: string, link: string, { schema }: Stream): Column | undefined {
	const [, before, name] = /^\s*(?:([\w$]+)\.)?([\w$]+)\s*$/.exec(text) ?? []
	if (name === undefined || (before !== undefined && before.toLowerCase() !== link.toLowerCase())) return undefined
	return findDsColumn(schema.columns, name)
}

/** Does the text read a column of the source? */
export function readsSource(text: string, { link, stream }: StageInput): boolean {
	if (plainColumn(text, link.name, stream) !== undefined) return true
	const tokens = tokenize(text)
	return tokens.some(
		(token, at) =>
			token.kind === 'name' && token.text.toLowerCase() === link.name.toLowerCase() && tokens[at + 1]?.text === '.',
	)
}

/** Is the text the same value in every row without anything being computed? */
export const isLiteral = (text: string): boolean =>
	text.trim() !== '' && tokenize(text).every(({ kind }) => kind !== 'name' && kind !== 'system')
