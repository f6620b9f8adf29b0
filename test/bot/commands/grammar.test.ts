import { describe, expect, it } from 'vitest'
import { readComment } from '#bot/commands/grammar.ts'
import { closest } from '#bot/commands/near.ts'
import { wordsFor } from '#bot/commands/words.ts'

const words = (line: string) => readComment(line)?.words.map(({ text }) => text)

describe('a comment', () => {
	it.each([
		['/migrate run', 'run'],
		['/migrate', ''],
		['\n\n  /migrate status  \r\nThanks!', 'status'],
		['/Migrate RUN', 'run'],
		['> /migrate recreate\n\n/migrate help', 'help'],
		['```\n/migrate recreate\n```\n/migrate help', 'help'],
		['~~~~ sh\n~~~\n/migrate recreate\n~~~~\n/migrate help', 'help'],
		['    /migrate recreate\n\t/migrate recreate\n/migrate help', 'help'],
	])('%j says %j', (body, verb) => {
		expect(readComment(body)?.verb).toBe(verb)
	})

	it.each([
		'',
		'Could you /migrate run this?',
		'First a word.\n/migrate run',
		'/migrated',
		'/migrate-run',
		'> /migrate run',
		'```\n/migrate run',
		'`/migrate run`',
		'\\/migrate run',
		'<!-- /migrate run -->',
	])('%j is not for us', (body) => {
		expect(readComment(body)).toBeUndefined()
	})

	it('is split into words as in a shell, and nothing is expanded', () => {
		expect(words('/migrate skip "Month end" \'a "b"\' `c d` “e f” $HOME *')).toEqual([
			'Month end',
			'a "b"',
			'c d',
			'e f',
			'$HOME',
			'*',
		])
		expect(words('/migrate map C:\\in\\=s3://a/ "x\\"y\\\\z"')).toEqual(['C:\\in\\=s3://a/', 'x"y\\z'])
		expect(words('/migrate set ""')).toEqual([''])
	})

	it.each([
		['/migrate skip "Month end', 'the quote " is never closed'],
		['/migrate run\u202Enur', 'the line holds characters that cannot be seen'],
		['/migrate run\u200B', 'the line holds characters that cannot be seen'],
		[`/migrate ${'x'.repeat(3000)}`, 'the line is longer than 2000 characters'],
	])('that cannot be read says why', (body, problem) => {
		expect(readComment(body)).toMatchObject({ verb: '', words: [], problem })
	})
})

describe('the words after the verb', () => {
	const read = wordsFor({ values: [1, 2], options: { engine: 'value', 'no-llm': 'flag' } }, ({ values, options }) => ({
		problem: JSON.stringify([values, [...options]]),
	}))
	const given = (line: string) => {
		const reading = read(readComment(`/migrate x ${line}`)?.words ?? [])
		return 'problem' in reading ? reading.problem : ''
	}

	it('are values and options, in any order', () => {
		expect(given('A --engine local --no-llm B')).toBe('[["A","B"],[["engine","local"],["no-llm",""]]]')
		expect(given('--engine=local A')).toBe('[["A"],[["engine","local"]]]')
		expect(given('A —engine local')).toBe('[["A"],[["engine","local"]]]')
		expect(given('"--engine"')).toBe('[["--engine"],[]]')
	})

	it.each([
		['', 'something is missing after it'],
		['A B C', 'there is too much after it; put quotes around a name with spaces'],
		['A --engin local', 'there is no option of that name; did you mean `--engine`?'],
		['A --force', 'there is no option of that name; there is `--engine`, `--no-llm`'],
		['A --engine', '`--engine` needs a value'],
		['A --no-llm=1', '`--no-llm` takes no value'],
		['A --engine local --engine local', '`--engine` is there twice'],
	])('%j are refused with the reason', (line, problem) => {
		expect(given(line)).toBe(problem)
	})
})

it('guesses what somebody meant, and guesses nothing far', () => {
	const known = ['help', 'status', 'regenerate', 'recreate', 'set']
	expect(['hlep', 'stauts', 'regenarate', 'recrete', 'Set'].map((word) => closest(word, known))).toEqual([
		'help',
		'status',
		'regenerate',
		'recreate',
		'set',
	])
	expect(['deploy', 'x', ''].map((word) => closest(word, known))).toEqual([undefined, undefined, undefined])
})
