/** How a data flow differs: its stages by what they do, its links by the columns on them. */
import type { DataFlow, Operator, ProjectOperator } from '#model/operators.ts'
import type { PartChange } from './part-changes.ts'
import { partChanges } from './part-changes.ts'
import { sentence } from './sentence.ts'

/** Operators of a stage, by the part that each plays in it. */
type Stage = Map<string, Operator>

/** @param word what the tool calls an operator: a stage, a component */
export function flowChanges(before: DataFlow, after: DataFlow, word: string): readonly string[] {
	const [old, now] = [stagesOf(before), stagesOf(after)]
	const stages = [...new Set([...old.keys(), ...now.keys()])].flatMap((name): readonly string[] => {
		const [was, is] = [old.get(name), now.get(name)]
		if (was === undefined) return [`${word} ${name} was added`]
		if (is === undefined) return [`${word} ${name} was removed`]
		const parts = [...new Set([...was.keys(), ...is.keys()])]
		return parts.flatMap((part) =>
			partSentences(part, withLinks(was.get(part), before), withLinks(is.get(part), after)).map(
				(text) => `${word} ${name}: ${text}`,
			),
		)
	})
	return [...stages, ...partChanges({ links: linksOf(before) }, { links: linksOf(after) }).map(sentence)]
}

function stagesOf(flow: DataFlow): ReadonlyMap<string, Stage> {
	const stages = new Map<string, Stage>()
	for (const operator of flow.operators) {
		const stage = stages.get(operator.name) ?? new Map<string, Operator>()
		stage.set(operator.id.split('#').slice(1).join('#') || operator.kind, operator)
		stages.set(operator.name, stage)
	}
	return stages
}

function partSentences(part: string, was: Part | undefined, is: Part | undefined): readonly string[] {
	if (was !== undefined && is !== undefined) return partChanges(was, is).filter(isVisible).map(sentence)
	// A stage that only hands columns on has no projection: one that came or went is told by what it computes.
	if (is?.kind === 'project') return computed(is).map(([name, text]) => `column ${name} is now derived as \`${text}\``)
	if (was?.kind === 'project') {
		return computed(was).map(([name, text]) => `column ${name} is no longer derived as \`${text}\``)
	}
	return [`its part ${part} was ${was === undefined ? 'added' : 'removed'}`]
}

/** A type that changed further up changes what a derivation means, not how it reads: it is said where it changed. */
const isVisible = ({ what, before, after }: PartChange): boolean => what !== 'changed' || before !== after

function computed({ columns }: Pick<ProjectOperator, 'columns'>): readonly (readonly [string, string])[] {
	return columns.flatMap(({ name, value }) => {
		const { expression, text } = value
		const isHandedOn = expression.kind === 'column' && expression.name === name
		return isHandedOn || text === '' ? [] : [[name, text] as const]
	})
}

/** An operator as it is compared: with the links that its ports have, which people know, in place of the ports. */
type Part = Operator | { readonly kind: 'routes'; readonly routes: object; readonly otherwise: object }

function withLinks(operator: Operator | undefined, flow: DataFlow): Part | undefined {
	if (operator?.kind !== 'route') return operator
	const linkAt = (port: string): string => leaving(flow, operator, port) ?? port
	return {
		...operator,
		kind: 'routes',
		routes: operator.routes.map(({ port, condition }) => ({ link: linkAt(port), condition })),
		otherwise: operator.otherwise.map(({ port, after }) => ({ link: linkAt(port), after })),
	}
}

/** The link by which rows of a port leave the stage, past the other operators that it was lowered to. */
function leaving(flow: DataFlow, operator: Operator, port: string): string | undefined {
	const link = flow.links.find(({ from }) => from.operator === operator.id && from.port === port)
	const next = flow.operators.find(({ id }) => id === link?.to.operator)
	if (link === undefined || next === undefined || next.name !== operator.name) return link?.name
	return leaving(flow, next, 'out') ?? link.name
}

/** Links from stage to stage: what lowering put between the operators of one bears no name that anybody gave it. */
function linksOf(flow: DataFlow) {
	const stageOf = (id: string): string => flow.operators.find((operator) => operator.id === id)?.name ?? id
	return flow.links
		.map(({ name, from, to, schema }) => ({
			name,
			from: stageOf(from.operator),
			to: stageOf(to.operator),
			columns: schema.columns,
		}))
		.filter(({ from, to }) => from !== to)
}
