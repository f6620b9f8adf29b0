/** What statements give that run for single rows: everyday values one after the other, and a null now and then. */
import type { DataType } from '#model/types.ts'
import type { Value } from '#model/values.ts'
import type { Answer, Outside, SqlEffect } from '#reference/effects.ts'
import { ordinaryValues } from './pools.ts'

/** Answers for one run: the same in each, as long as the rows come in the same order. */
export function rowAnswers(): Outside {
	let turn = -1
	return (effect) => {
		if (effect.kind !== 'sql' || effect.gives === undefined) return {}
		turn += 1
		return answerTo(effect.gives, turn)
	}
}

function answerTo(gives: NonNullable<SqlEffect['gives']>, turn: number): Answer {
	return { values: new Map([...gives].map(([column, type]) => [column, valueAt(type, turn)])) }
}

function valueAt(type: DataType, turn: number): Value {
	const values = [...ordinaryValues(type), null]
	return values[turn % values.length] ?? null
}
