/** `echo`, `date`: commands that write a value, which later activities read. */
import type { AssignTask, TaskOutput } from '#model/control-flow.ts'
import type { Expression } from '#model/expressions.ts'
import { concatenate, textLiteral } from '../../expressions.ts'
import type { CommandContext } from '../activity-context.ts'
import { lowerText } from '../expressions.ts'
import type { Word } from '../shell.ts'
import { hasStar, plainWord, wordPieces } from '../shell.ts'
import type { Line } from './call.ts'

/** The field mark: DataStage puts one behind each line that a command writes. */
const fieldMark = '\u{FE}'

export function echo(line: Line, context: CommandContext): AssignTask | undefined {
	const { options, operands } = line.first
	if (options.length + line.readers.length > 0 || operands.some(hasStar)) return undefined
	const parts = operands.flatMap((word: Word, index): Expression[] => [
		...(index === 0 ? [] : [textLiteral(' ')]),
		...wordPieces(word),
	])
	return written('echo', concatenate(parts), line, context)
}

/** Pieces of `date +format` as conversions of BASIC. */
const fields: ReadonlyMap<string, string> = new Map([
	['%Y', 'Oconv(Date(), "D-YMD[4,2,2]")[1,4]'],
	['%y', 'Oconv(Date(), "D-YMD[4,2,2]")[3,2]'],
	['%m', 'Oconv(Date(), "D-YMD[4,2,2]")[6,2]'],
	['%d', 'Oconv(Date(), "D-YMD[4,2,2]")[9,2]'],
	['%H', 'Oconv(Time(), "MTS:")[1,2]'],
	['%M', 'Oconv(Time(), "MTS:")[4,2]'],
	['%S', 'Oconv(Time(), "MTS:")[7,2]'],
])

const shorthands: readonly (readonly [RegExp, string])[] = [
	[/%F/g, '%Y-%m-%d'],
	[/%T/g, '%H:%M:%S'],
	[/%D/g, '%m/%d/%y'],
]

/** `date +%Y%m%d` and its like: the moment at which the sequence began. */
export function date(line: Line, context: CommandContext): AssignTask | undefined {
	const { words } = line.first
	const [word, ...more] = words
	const format = word === undefined ? undefined : plainWord(word)
	if (format === undefined || !format.startsWith('+') || more.length + line.readers.length > 0) return undefined
	const plain = shorthands.reduce((text, [short, long]) => text.replaceAll(short, long), format.slice(1))
	const parts = plain.match(/%.|[^%]+/g) ?? []
	const codes = parts.map((part) => (part.startsWith('%') ? fields.get(part) : `"${part}"`))
	if (codes.includes(undefined) || plain.includes('"')) return undefined
	const { expression, problem } = lowerText(codes.join(' : '), context.names)
	return problem === undefined ? written('date', expression, line, context) : undefined
}

function written(name: string, value: Expression, line: Line, { base, outputs }: CommandContext): AssignTask {
	const output = line.first.command.silent ? textLiteral('') : concatenate([value, textLiteral(fieldMark)])
	const values: Partial<Readonly<Record<TaskOutput['what'], Expression>>> = {
		'return-value': textLiteral('0'),
		'command-output': output,
		'command-name': textLiteral(name),
	}
	return {
		...base,
		kind: 'assign',
		assignments: outputs.flatMap(({ what, variable }) => {
			const expression = values[what]
			return expression === undefined ? [] : [{ variable, value: { expression, text: line.text } }]
		}),
	}
}
