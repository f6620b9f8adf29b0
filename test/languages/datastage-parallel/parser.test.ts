import { describe, expect, it } from 'vitest'
import { parseParallel } from '#languages/datastage-parallel/parser.ts'
import type { SyntaxNode } from '#languages/datastage-parallel/syntax.ts'

/** The tree with parentheses around everything, so that precedence shows. */
function shown(node: SyntaxNode): string {
	switch (node.kind) {
		case 'text':
			return JSON.stringify(node.value)
		case 'number':
			return node.digits
		case 'name':
			return node.name
		case 'call':
			return `${node.name}(${node.args.map(shown).join(', ')})`
		case 'unary':
			return `(${node.operator} ${shown(node.operand)})`
		case 'binary':
			return `(${shown(node.left)} ${node.operator} ${shown(node.right)})`
		case 'substring':
			return `${shown(node.operand)}[${shown(node.start)}, ${shown(node.length)}]`
		case 'if':
			return `if ${shown(node.condition)} then ${shown(node.then)} else ${shown(node.otherwise)}`
		case 'broken':
			return '?'
	}
}
const tree = (text: string): string => shown(parseParallel(text).tree)
const codes = (text: string) =>
	parseParallel(text).problems.map(({ code, span }) => `${code}@${span.start}-${span.end}`)

describe('precedence', () => {
	it.each([
		['"There are " : "2" + "2" : "3"', '(("There are " : ("2" + "2")) : "3")'],
		['10-4-3', '((10 - 4) - 3)'],
		['-2 ^ 2', '(- (2 ^ 2))'],
		['2 ^ -1', '(2 ^ (- 1))'],
		['a * b + c / d', '((a * b) + (c / d))'],
		['a : b = c', '((a : b) = c)'],
		['x GE 3 and y ne 4', '((x >= 3) and (y <> 4))'],
		['Not a = b', '(not (a = b))'],
		['Not(a) = b', '((not a) = b)'],
		['l.c[1, 2]:x', '(l.c[1, 2] : x)'],
		['IF a THEN 1 ELSE IF b THEN 2 ELSE 3', 'if a then 1 else if b then 2 else 3'],
		['a + If b Then 1 Else 2', '(a + ?)'],
	])('%s', (text, expected) => expect(tree(text)).toBe(expected))

	it('takes And before Or and says that this is doubtful', () => {
		expect(tree('a Or b And c')).toBe('(a or (b and c))')
		expect(codes('a Or b And c')).toEqual(['expression/doubtful@0-12'])
		expect(codes('a Or (b And c)')).toEqual([])
	})
})

describe('words', () => {
	it('texts have either quote and no escape', () => {
		expect(tree(`'say "hi"'`)).toBe('"say \\"hi\\""')
		expect(tree('"a\\"')).toBe('"a\\\\"')
	})

	it('names have dots, dollars, letters of any alphabet; system variables any letter case', () => {
		expect(tree('ps.Région : $APT_X : @inrownum')).toBe('((ps.Région : $APT_X) : @INROWNUM)')
	})
})

describe('recovery', () => {
	it.each([
		['', 'expression/syntax@0-0'],
		['1 +', 'expression/syntax@3-3'],
		['Trim(a', 'expression/syntax@6-6'],
		['If a Then b', 'expression/syntax@11-11'],
		['"open', 'expression/syntax@0-5'],
		['a ? b', 'expression/syntax@2-3'],
		['f(,1)', 'expression/syntax@2-3'],
		['a b', 'expression/syntax@2-3'],
	])('%s', (text, first) => expect(codes(text)[0]).toBe(first))

	it('reports every place once, and goes on behind it', () => {
		expect(codes('f(1 +, 2) : (3 *)')).toEqual(['expression/syntax@5-6', 'expression/syntax@16-17'])
	})

	it('never exhausts the stack', () => {
		for (const text of [
			'('.repeat(50_000),
			'-'.repeat(50_000),
			'If '.repeat(50_000),
			'Not '.repeat(50_000),
			'f('.repeat(50_000),
		])
			expect(parseParallel(text).problems.length).toBeGreaterThan(0)
	})
})
