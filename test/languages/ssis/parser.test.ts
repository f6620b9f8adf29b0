import { describe, expect, it } from 'vitest'
import { parseSsis } from '#languages/ssis/parser.ts'
import type { Node } from '#languages/ssis/syntax.ts'
import { formatType } from '#languages/ssis/types.ts'

/** The tree as text, every operator in parentheses. */
function show(node: Node): string {
	switch (node.kind) {
		case 'literal':
			return typeof node.literal.value === 'bigint' ? `${node.literal.value}` : JSON.stringify(node.literal.value)
		case 'column':
			return node.component === undefined ? node.name : `${node.component}.${node.name}`
		case 'lineage':
			return `#${node.id}`
		case 'variable':
			return `@${node.namespace ?? ''}::${node.name}`
		case 'call':
			return `${node.name}(${node.args.map(show).join(', ')})`
		case 'null':
			return `NULL(${formatType(node.type)})`
		case 'cast':
			return `(${formatType(node.type)} ${show(node.operand)})`
		case 'unary':
			return `(${node.operator}${show(node.operand)})`
		case 'binary':
			return `(${show(node.left)} ${node.operator} ${show(node.right)})`
		case 'conditional':
			return `(${show(node.condition)} ? ${show(node.then)} : ${show(node.otherwise)})`
		case 'error':
			return '<error>'
	}
}

const tree = (text: string): string => show(parseSsis(text).node)
const problems = (text: string) => parseSsis(text).problems

describe('precedence', () => {
	it.each([
		['1 + 2 * 3', '(1 + (2 * 3))'],
		['10 - 4 - 3', '((10 - 4) - 3)'],
		['a & b == c', '(a & (b == c))'],
		['a || b && c', '(a || (b && c))'],
		['a | b ^ c & d', '(a | (b ^ (c & d)))'],
		['!a && b', '((!a) && b)'],
		['a ? b : c ? d : e', '(a ? b : (c ? d : e))'],
		['(DT_I4)-5', '(DT_I4 (-5))'],
		['-(DT_I4)"5"', '(-(DT_I4 "5"))'],
		['(DT_WSTR,5)1 + "a"', '((DT_WSTR,5 1) + "a")'],
	])('%s is %s', (text, expected) => expect(tree(text)).toBe(expected))
})

describe('names', () => {
	it.each([
		['[Middle Name]', 'Middle Name'],
		['[My Source].[My Col]', 'My Source.My Col'],
		['#35 + 1', '(#35 + 1)'],
		[
			'[SUBSTRING](#{Package\\Load\\Source.Outputs[Out].Columns[PostalCode]},1,15)',
			'SUBSTRING(#Package\\Load\\Source.Outputs[Out].Columns[PostalCode], 1, 15)',
		],
		['@Counter', '@::Counter'],
		['@[User::My Name]', '@User::My Name'],
		['@[$Project::Env]', '@$Project::Env'],
		['SUBSTRING ("elephant",4,50)', 'SUBSTRING("elephant", 4, 50)'],
		['NULL(DT_STR,10,1252)', 'NULL(DT_STR,10,1252)'],
	])('%s', (text, expected) => {
		expect(problems(text)).toEqual([])
		expect(tree(text)).toBe(expected)
	})
})

describe('the assignment form', () => {
	it('is taken where tasks write it, and nowhere else', () => {
		const { target, node } = parseSsis('@[User::Count] = @[User::Count] + 1', { assignment: true })
		expect(target).toMatchObject({ namespace: 'User', name: 'Count' })
		expect(show(node)).toBe('(@User::Count + 1)')
		expect(problems('@[User::Count] = 1')).toHaveLength(1)
	})
})

describe('problems', () => {
	it('tell the place', () => {
		expect(problems('1 + "a\\qb"')).toMatchObject([{ kind: 'parse', span: { start: 4, end: 10 } }])
		expect(problems('(1 + 2')).toMatchObject([{ message: '")" is missing at the end', span: { start: 6, end: 6 } }])
	})

	it.each([
		'',
		'(',
		')',
		'1 +',
		'[',
		']',
		'"',
		'"\\',
		'@',
		'#',
		'?:',
		'f(',
		'f(,',
		'(DT_WSTR',
		'(DT_WSTR,',
		'NULL(',
		"'a'",
		'1 = 1',
		'5E+L',
		'0x',
		'1 !> 2',
		'\u0000',
		'\ud800',
	])('never throws: %j', (text) => expect(problems(text).length).toBeGreaterThan(0))

	it('refuses what is nested beyond measure instead of running out of stack', () => {
		expect(problems('('.repeat(100_000))).not.toEqual([])
		expect(problems(`${'-'.repeat(100_000)}1`)).not.toEqual([])
		expect(problems(`1${' + 1'.repeat(100_000)}`)).not.toEqual([])
	})
})
