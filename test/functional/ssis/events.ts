/** Events of tasks and containers, forced results, and loops that end early. */
import { dtsx } from '../../support/dtsx-builder.ts'
import type { Case } from '../../support/ssis-case.ts'
import { after, container, expression, fails, forLoop, scene, step } from './control.ts'

const x = dtsx(8)

const handlers = (owner: string, events: Readonly<Record<string, string>>): string =>
	`<DTS:EventHandlers>${Object.entries(events)
		.map(
			([event, inside]) =>
				`<DTS:EventHandler DTS:EventName="${event}" DTS:refId="${owner}.EventHandlers[${event}]">${x.executables(inside)}</DTS:EventHandler>`,
		)
		.join('')}</DTS:EventHandlers>`

/** A task that sets a variable, with handlers of its own. */
const withHandlers = (name: string, events: Readonly<Record<string, string>>): string =>
	container(name, 'STOCK:SEQUENCE', x.executables(step('Inside', '"inside"')), {}, handlers(`Package\\${name}`, events))

export const cases: readonly Case[] = [
	scene({
		name: 'A container with handlers of its beginning and its end',
		tasks: [
			withHandlers('Box', {
				OnPreExecute: step('Before', '"before " + @[System::SourceName]'),
				OnPostExecute: step('After', '"after " + @[System::SourceName]'),
			}),
			step('Next', '"next"'),
		],
		order: [after('Box', 'Next')],
		log: ['before Box', 'before Inside', 'inside', 'after Inside', 'after Box', 'next'],
	}),
	scene({
		name: 'A task that fails and is forced to count as success',
		tasks: [
			container('Box', 'STOCK:SEQUENCE', x.executables(fails('B')), { ForceExecutionResult: 0, MaxErrorCount: 9 }),
			step('Next', '"went on"'),
		],
		order: [after('Box', 'Next')],
		more: { fails: 'Tell' },
	}),
	scene({
		name: 'A container that is disabled, with all that is in it',
		tasks: [
			step('A', '"a"'),
			container('Box', 'STOCK:SEQUENCE', x.executables(step('B', '"b"'), fails('C')), { Disabled: 'True' }),
			step('D', '"d"'),
		],
		order: [after('A', 'Box'), after('Box', 'D')],
		log: ['a', 'd'],
	}),
	scene({
		name: 'A loop in a loop, whose bounds the outer one computes',
		variables: [x.variable('I', 3, '0'), x.variable('J', 3, '0'), x.variable('S', 8, '')],
		tasks: [
			forLoop(
				'Outer',
				'@I = 1',
				'@I <= 3',
				'@I = @I + 1',
				forLoop(
					'Inner',
					'@J = @I',
					'@J < 3',
					'@J = @J + 1',
					expression('Add', '@[User::S] = @[User::S] + (DT_WSTR,2)@[User::I] + (DT_WSTR,2)@[User::J] + " "'),
				),
			),
			step('End', '@[User::S] + (DT_WSTR,2)@[User::I] + (DT_WSTR,2)@[User::J]'),
		],
		order: [after('Outer', 'End')],
		log: ['11 12 22 43'],
	}),
	scene({
		name: 'Conditions that nothing fulfils leave tasks and all behind them out',
		variables: [x.variable('N', 3, '2')],
		tasks: [step('A', '"a"'), step('B', '"b"'), step('C', '"c"'), step('D', '"d"'), step('E', '"e"')],
		order: [
			after('A', 'B', { EvalOp: 1, Expression: '@[User::N] % 2 == 1' }),
			after('B', 'C', { Value: 2 }),
			after('A', 'D', { EvalOp: 4, Value: 1, Expression: '@[User::N] > 5' }),
			after('A', 'E', { EvalOp: 3, Value: 2, Expression: '@[User::N] == 2' }),
		],
		log: ['a', 'e'],
	}),
]
