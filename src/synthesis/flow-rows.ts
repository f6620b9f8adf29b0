/** Grows rows for one data flow until every branch is taken, or nothing more helps. */
import type { DataFlow, ReadOperator } from '#model/operators.ts'
import type { Row } from '#model/values.ts'
import type { FlowRequest } from '#reference/context.ts'
import type { Branch } from '#reference/coverage.ts'
import type { FlowResult } from '#reference/flow.ts'
import { interpretFlow } from '#reference/flow.ts'
import { keyText } from '#reference/keys.ts'
import type { RunFailure } from '#reference/stop.ts'
import {
	crowdedBatches,
	edgeBatches,
	emptyBatches,
	everydayBatches,
	everydayRow,
	fewRows,
	malformedBatches,
	randomBatch,
	solutionBatch,
} from './batches.ts'
import { makeComposer } from './compose.ts'
import type { Goal, Wish } from './goals.ts'
import { findGoals, findPaths } from './goals.ts'
import type { Trial } from './growth.ts'
import { makeGrowth } from './growth.ts'
import { leavingRows } from './leaving-rows.ts'
import { makeRandom } from './random.ts'
import type { FlowInputs } from './scenario.ts'
import type { Contents } from './script-answers.ts'
import { makeScriptAnswers, ordinaryWorld, scriptsOfFlows } from './script-answers.ts'
import type { Assignment } from './search.ts'
import { solve } from './search.ts'
import { shareRuns } from './shared-runs.ts'
import type { SourceRows } from './sources.ts'
import { mergeRows, sourceData, sourcesOf } from './sources.ts'
import { makeSpace } from './space.ts'
import { specialRuns } from './special-runs.ts'

export interface FlowRows {
	readonly main: FlowInputs
	readonly empty: FlowInputs
	/** Few rows, by what is special about them: for branches that many rows hide, such as a key that is there once. */
	readonly few: ReadonlyMap<string, FlowInputs>
	/** Inputs on which the flow stops, one for each operator that does. */
	readonly failing: readonly { readonly inputs: FlowInputs; readonly failure: RunFailure }[]
	/** Branches that no row takes. */
	readonly unreached: readonly Branch[]
}

const mostBases = 8
const randomRounds = 12
/** Sources that are left without rows, one at a time. */
const mostAbsent = 6
/** Turns below are used by everyday rows. */
const firstFreshTurn = 20

export function growRows(
	flow: DataFlow,
	facts: Pick<FlowRequest, 'parameters' | 'variables' | 'run'>,
	seed: number,
	contents: Contents = new Map(),
): FlowRows {
	const sources = sourcesOf(flow)
	const random = makeRandom(seed)
	const composer = makeComposer(flow)
	const goals = findGoals(flow, composer)
	const name = (names: FlowRequest['parameters']) => (key: string) => names.get(key) ?? null
	const scope = { parameter: name(facts.parameters), variable: name(facts.variables), run: facts.run }
	const space = makeSpace(flow, sources, composer, goals, scope)
	const inputsOf = (rows: SourceRows, head?: (source: ReadOperator) => Row): FlowInputs =>
		new Map(sources.map((source) => [source.id, sourceData(source, rows.get(source.id) ?? [], head?.(source))]))
	const interpret = (rows: SourceRows): FlowResult => {
		const outside = makeScriptAnswers(scriptsOfFlows([flow]), { ...ordinaryWorld, contents })
		return interpretFlow(flow, { ...facts, inputs: inputsOf(rows), outside })
	}
	const attempt = (rows: SourceRows): Trial => {
		const result = interpret(rows)
		const unreached = result.branches.filter(({ count }) => count === 0)
		return { unreached, ...(result.failure === undefined ? {} : { failure: result.failure }) }
	}
	const growth = makeGrowth(attempt)

	const empty = inputsOf(new Map())
	if (isSettled(sources, growth))
		return { main: empty, empty, few: new Map(), failing: [], unreached: growth.unreached() }
	growth.offer(everydayBatches(sources, space), 'always')
	growth.offer(malformedBatches(sources, space), 'always')
	const branches = Math.max(1, ...flow.operators.map((operator) => (operator.kind === 'union' ? operator.inputs : 1)))
	const composers = Array.from({ length: Math.min(branches, mostBases) }, (_none, branch) =>
		branch === 0 ? composer : makeComposer(flow, branch),
	)
	const paths = composers.map((one) => findPaths(flow, one))
	const bases = basesOf(paths.flat(), (wishes) => {
		const solution = solve(wishes, space, random) ?? []
		// Keys stay free: rows of one key on both sides of several joins would multiply.
		return new Map([...solution].filter(([column]) => !space.isKey(column)))
	})
	const drawn = makeRandom(seed)
	const apartSolution = (wishes: readonly Wish[]) => solve(wishes, space, drawn)
	growth.offer(emptyBatches(sources, space, bases), 'room')
	growth.offer(crowdedBatches(sources, space, bases), 'room')
	growth.offer(edgeBatches(sources, space, bases), 'room')
	seekGoals(goals, growth, ({ wishes }, turn) => {
		const solution = solve(wishes, space, random, turn)
		return solution && solutionBatch(solution, sources, space)
	})
	for (let round = 0; round < randomRounds && growth.unreached().length > 0; round += 1) {
		growth.offer([randomBatch(sources, space, random)], 'news')
	}
	const few = [...fewRows(sources, space, bases)].filter(([, rows]) => growth.reachesMore(rows))
	// Rows that find no partner, with everything that can be odd about a row: where a source gives none, all others are such.
	for (const absent of sources.length > 1 ? sources.slice(0, mostAbsent) : []) {
		if (growth.unreached().length === 0) break
		const others = sources.filter((source) => source !== absent)
		const beside = makeGrowth(attempt)
		const again = bases.map((base) => solutionBatch(base, others, space))
		beside.offer([...everydayBatches(others, space), ...again, ...again], 'always')
		beside.offer(emptyBatches(others, space, bases), 'room')
		beside.offer(crowdedBatches(others, space, bases), 'room')
		if (growth.reachesMore(beside.rows())) few.push([`many rows, but nothing in ${absent.name}`, beside.rows()])
	}
	const written = (rows: SourceRows): readonly string[] | undefined => {
		const { outputs, failure } = interpret(rows)
		if (failure !== undefined) return undefined
		return outputs.flatMap(({ operator, rows: own }) => own.map((row) => `${operator}\n${rowText(row)}`))
	}
	const isSame = (...both: readonly [SourceRows, SourceRows]): boolean => {
		const [one, other] = both.map((rows) => (written(rows) ?? []).join('\n'))
		return one === other
	}
	const isUnseen = (rows: SourceRows, others: readonly SourceRows[]): boolean =>
		isSame(mergeRows(...others, rows), mergeRows(...others))
	const alone = (batches: readonly SourceRows[]): SourceRows => {
		const growing = makeGrowth(attempt)
		growing.offer(batches, 'always')
		return growing.rows()
	}
	for (const [what, batches] of leavingRows(flow, goals, sources, space, bases, apartSolution, isUnseen)) {
		if (batches.length > 0) few.push([what, alone(batches)])
	}
	const special = specialRuns({ flow, composer, composers, sources, space, bases, random, drawn, attempt })
	const [main, ...shared] = shareRuns(flow, composers, space, { name: 'main', rows: growth.rows() }, special, written)
	few.push(...shared.map(({ name: what, rows }) => [what, rows] satisfies (typeof few)[number]))
	// Lines that are skipped look like rows that reach a target: were they read, they would be seen there.
	const rowIn = (source: ReadOperator, base?: Assignment): Row => everydayRow(source, space, 0, base)
	const onlyHead = (base: Assignment): SourceRows => rowsOf(sources, (source) => rowIn(source, base))
	const seen = bases.find((base) => !isSame(onlyHead(base), new Map()))
	const head = (source: ReadOperator): Row => rowIn(source, seen)
	return {
		main: inputsOf(main.rows),
		empty: inputsOf(new Map(), head),
		few: new Map(few.map(([what, rows]) => [what, inputsOf(rows, head)])),
		failing: growth.failing().map(({ rows, failure }) => ({ inputs: inputsOf(rows), failure })),
		unreached: growth.unreached(),
	}
}

/** Each goal that is open is tried twice: an earlier row of the same key may hide the first try, so the second takes new keys. */
function seekGoals(
	goals: readonly Goal[],
	growth: ReturnType<typeof makeGrowth>,
	batchFor: (goal: Goal, turn: number) => SourceRows | undefined,
): void {
	let fresh = firstFreshTurn
	for (const goal of goals) {
		for (const turn of [0, fresh]) {
			if (!growth.isOpen(goal.operator, goal.what)) break
			const batch = batchFor(goal, turn)
			if (batch === undefined) break
			growth.offer(goal.severally === true ? [batch, batch] : [batch], 'news')
			if (turn > 0) fresh += 1
		}
	}
}

/** Without sources there are no rows to vary, and what makes too many of nothing makes no fewer with rows. */
const isSettled = (sources: readonly ReadOperator[], growth: ReturnType<typeof makeGrowth>): boolean =>
	sources.length === 0 || growth.isTooLarge()

const rowsOf = (sources: readonly ReadOperator[], row: (source: ReadOperator) => Row): SourceRows =>
	new Map(sources.map((source) => [source.id, [{ kind: 'row', row: row(source) }]]))

/** Everyday rows, and values that take a row to one target or the other: what is odd in a row has to be seen at its end. */
function basesOf(
	paths: readonly (readonly Wish[])[],
	solution: (wishes: readonly Wish[]) => Assignment,
): readonly Assignment[] {
	const found = paths.map(solution).filter(({ size }) => size > 0)
	const distinct = new Map(
		found.map((base) => [[...base].map(([name, value]) => `${name} ${keyText(value)}`).join(), base]),
	)
	return [new Map(), ...[...distinct.values()].slice(0, mostBases - 1)]
}

const rowText = (row: Row): string =>
	Object.values(row)
		.map((value) => keyText(value))
		.join(' ')
