/** Texts of properties with `#Parameter#` in them: file names above all. */
import { diagnose } from '#model/diagnostics.ts'
import type { Expression, SourcedExpression } from '#model/expressions.ts'
import type { LineRange } from '#model/provenance.ts'
import { text as textType } from '#model/types.ts'
import { assign, concatenate, textLiteral } from './expressions.ts'
import type { StageContext } from './stage-context.ts'

/** A text whose parameters are replaced when the job runs. `#x#` that names no parameter stays as written, with a diagnostic. */
export function parameterised(context: StageContext, written: string, lines: LineRange): SourcedExpression {
	const parts: Expression[] = []
	let done = 0
	for (const match of written.matchAll(/#([\w$.]+)#/g)) {
		const name = match[1] ?? ''
		const part = named(context, name)
		if (part === undefined) {
			context.report(unknownName(context, name, written, lines))
			continue
		}
		if (match.index > done) parts.push(textLiteral(written.slice(done, match.index)))
		parts.push(part)
		done = match.index + match[0].length
	}
	if (done < written.length) parts.push(textLiteral(written.slice(done)))
	return { expression: concatenate(parts), text: written }
}

function named(context: StageContext, name: string): Expression | undefined {
	const parameter = context.job.parameters.findOrAdd(name)
	if (parameter !== undefined) {
		return assign(context, { kind: 'parameter', name: parameter.name, type: parameter.type }, textType())
	}
	return name === 'DSJobName' ? textLiteral(context.job.name) : undefined
}

function unknownName(context: StageContext, name: string, written: string, lines: LineRange) {
	return diagnose('expression/unknown-name', context.provenance(lines), {
		what: `${context.stage.name} uses #${name}#, which is no parameter of the job`,
		why: `It stands in "${written}" and stays there as it is.`,
	})
}
