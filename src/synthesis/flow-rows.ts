/** Grows rows for one data flow until every branch is taken, or nothing more helps. */
import type { DataFlow, ReadOperator } from '#model/operators.ts'
import type { Row } from '#model/values.ts'
import type { FlowRequest } from '#reference/context.ts'
import type { Branch } from '#reference/coverage.ts'
import { branchId } from '#reference/coverage.ts'
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
	lonelyRows,
	malformedBatches,
	randomBatch,
	solutionBatch,
} from './batches.ts'
import { makeComposer } from './compose.ts'
import { alterationWishes, conditionWishes, keyAlterationWishes } from './condition-goals.ts'
import type { Wish } from './goals.ts'
import { findGoals, findPaths } from './goals.ts'
import { groupBatches, oddRows } from './group-rows.ts'
import { leavingRows } from './leaving-rows.ts'
import { makeRandom } from './random.ts'
import type { FlowInputs } from './scenario.ts'
import type { Assignment } from './search.ts'
import { solve } from './search.ts'
import { secondRows } from './second-rows.ts'
import type { SourceRow, SourceRows } from './sources.ts'
import { sourceData, sourcesOf } from './sources.ts'
import { makeSpace } from './space.ts'

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

/** Rows per source at most; edge rows beyond this are kept only for what they newly reach. */
const mostRows = 90
const mostBases = 8
const mostFailing = 6
const randomRounds = 12
/** Sources that are left without rows, one at a time. */
const mostAbsent = 6
/** Turns below are used by everyday rows. */
const firstFreshTurn = 20
/** Everyday rows beside those on which a part of a condition decides. */
const everydayApart = 2

export function growRows(
	flow: DataFlow,
	facts: Pick<FlowRequest, 'parameters' | 'variables' | 'run'>,
	seed: number,
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
	const attempt = (rows: SourceRows): Trial => {
		const result = interpretFlow(flow, { ...facts, inputs: inputsOf(rows) })
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
	const paths = Array.from({ length: Math.min(branches, mostBases) }, (_none, branch) =>
		findPaths(flow, branch === 0 ? composer : makeComposer(flow, branch)),
	)
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
	let fresh = firstFreshTurn
	for (const goal of goals) {
		// A second try starts from keys that no row has yet: an earlier row of the same key may have hidden the first.
		for (const turn of [0, fresh]) {
			if (!growth.isOpen(goal.operator, goal.what)) break
			const solution = solve(goal.wishes, space, random, turn)
			if (solution === undefined) break
			growth.offer([solutionBatch(solution, sources, space)], 'news')
			if (turn > 0) fresh += 1
		}
	}
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
	if (flow.operators.some(({ kind }) => kind === 'aggregate')) few.push(...lonelyRows(sources, space, bases))
	const written = (rows: SourceRows): string =>
		interpretFlow(flow, { ...facts, inputs: inputsOf(rows) })
			.outputs.map(({ rows: own }) => own.map(rowText))
			.join('\n')
	const isUnseen = (rows: SourceRows, others: readonly SourceRows[]): boolean =>
		written(merge(...others, rows)) === written(merge(...others))
	const special = [
		...leavingRows(flow, goals, sources, space, bases, apartSolution, isUnseen),
		...oddRows(flow, composer, sources, space, bases),
		...secondRows(flow, composer, sources, space, (wishes, beside) => solve(wishes, beside, drawn)),
	]
	for (const [what, batches] of special.filter(([, all]) => all.length > 0)) {
		const alone = makeGrowth(attempt)
		alone.offer(batches, 'always')
		few.push([what, alone.rows()])
	}
	const parts = [conditionWishes, keyAlterationWishes, alterationWishes].flatMap((find) => find(flow, composer))
	const groups = groupBatches(flow, composer, sources, space, (wishes) => solve(wishes, space, random, everydayApart))
	if (parts.length + groups.length > 0) {
		// Beside as few rows as can be: where a row stands for its group, many others would hide it.
		const apart = makeGrowth(attempt)
		apart.offer(everydayBatches(sources, space).slice(0, everydayApart), 'always')
		const solved = parts.flatMap((wishes, index) => solve(wishes, space, random, everydayApart + index) ?? [])
		apart.offer(
			solved.map((solution) => solutionBatch(solution, sources, space)),
			'always',
		)
		apart.offer(groups, 'always')
		few.push(['each part of a condition or key', apart.rows()])
	}
	// Lines that are skipped look like rows that reach a target: were they read, they would be seen there.
	const rowIn = (source: ReadOperator, base?: Assignment): Row => everydayRow(source, space, 0, base)
	const seen = bases.find((base) => written(rowsOf(sources, (source) => rowIn(source, base))) !== written(new Map()))
	const head = (source: ReadOperator): Row => rowIn(source, seen)
	return {
		main: inputsOf(growth.rows()),
		empty: inputsOf(new Map(), head),
		few: new Map(few.map(([what, rows]) => [what, inputsOf(rows, head)])),
		failing: growth.failing().map(({ rows, failure }) => ({ inputs: inputsOf(rows), failure })),
		unreached: growth.unreached(),
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

interface Trial {
	readonly unreached: readonly Branch[]
	readonly failure?: RunFailure
}

/** Keep a batch always, while there is room for more rows, or only for a branch that it newly takes. */
type Keep = 'always' | 'room' | 'news'

function makeGrowth(attempt: (rows: SourceRows) => Trial) {
	let kept: SourceRows = new Map()
	const atFirst = attempt(kept)
	let open = atFirst.unreached
	/** Branches that no run took so far, those that fail included. */
	let unseen = idsOf(open)
	const failing = new Map<string, { rows: SourceRows; failure: RunFailure }>()

	/** Rows that stop at the same operator join where they show something new: a null in another column, say. */
	function noteFailure(batch: SourceRows, { failure, unreached }: Trial, beside = kept): void {
		if (failure === undefined || failure.tooLarge === true) return
		const before = failing.get(failure.operator)
		const left = idsOf(unreached)
		const isNews = [...unseen].some((branch) => !left.has(branch))
		if (before === undefined ? failing.size >= mostFailing : !isNews) return
		unseen = new Set([...unseen].filter((branch) => left.has(branch)))
		failing.set(failure.operator, { rows: merge(before?.rows ?? beside, batch), failure: before?.failure ?? failure })
	}

	/** Batches are tried together; where that fails, by halves, so that one bad row is found in few runs. */
	function offer(batches: readonly SourceRows[], keep: Keep): void {
		if (batches.length === 0) return
		const rows = merge(kept, ...batches)
		const trial = attempt(rows)
		if (trial.failure !== undefined) {
			if (batches.length > 1) {
				const half = Math.ceil(batches.length / 2)
				offer(batches.slice(0, half), keep)
				offer(batches.slice(half), keep)
			} else noteFailure(merge(...batches), trial)
			return
		}
		const isNews = trial.unreached.length < open.length
		if (keep === 'room' && batches.length > 1 && mostIn(rows) > mostRows) {
			for (const batch of batches) offer([batch], 'room')
		} else if (keep === 'always' || isNews || (keep === 'room' && mostIn(rows) <= mostRows)) {
			kept = rows
			open = trial.unreached
			const left = idsOf(open)
			unseen = new Set([...unseen].filter((branch) => left.has(branch)))
		}
	}

	/** Do these rows alone reach a branch that is still open? Then it counts as reached. */
	function reachesMore(rows: SourceRows): boolean {
		if (open.length === 0) return false
		const trial = attempt(rows)
		if (trial.failure !== undefined) {
			noteFailure(rows, trial, new Map())
			return false
		}
		const left = idsOf(trial.unreached)
		const still = open.filter(({ operator, what }) => left.has(branchId(operator, what)))
		const isNews = still.length < open.length
		open = still
		return isNews
	}

	return {
		offer,
		reachesMore,
		isOpen: (operator: string, what: string) =>
			open.some((branch) => branchId(branch.operator, branch.what) === branchId(operator, what)),
		isTooLarge: () => atFirst.failure?.tooLarge === true,
		unreached: () => open.map(({ operator, element, what }) => ({ operator, element, what })),
		rows: () => kept,
		failing: () => [...failing.values()],
	}
}

const rowText = (row: Row): string =>
	Object.values(row)
		.map((value) => keyText(value))
		.join(' ')

const idsOf = (branches: readonly Branch[]): ReadonlySet<string> =>
	new Set(branches.map(({ operator, what }) => branchId(operator, what)))

function merge(...parts: readonly SourceRows[]): SourceRows {
	const merged = new Map<string, SourceRow[]>()
	for (const part of parts) {
		for (const [source, rows] of part) merged.set(source, [...(merged.get(source) ?? []), ...rows])
	}
	return merged
}

const mostIn = (rows: SourceRows): number => Math.max(0, ...[...rows.values()].map((one) => one.length))
