import { cobolJob } from '../../support/cobol-flow.ts'
import { subject, to } from '../../support/functional-job.ts'

const ebcdic: ReadonlyMap<string, number> = new Map([
	...Array.from('0123456789', (digit, at) => [digit, 0xf0 + at] as const),
	...Array.from('ABCDEFGHI', (letter, at) => [letter, 0xc1 + at] as const),
	...Array.from('JKLMNOPQR', (letter, at) => [letter, 0xd1 + at] as const),
	...Array.from('STUVWXYZ', (letter, at) => [letter, 0xe2 + at] as const),
	['{', 0xc0],
	['}', 0xd0],
	['+', 0x4e],
	['-', 0x60],
	[' ', 0x40],
])

/** Bytes of a file as characters: texts in quotes are EBCDIC, the rest is hexadecimal. */
const bytes = (text: string): string =>
	[...text.matchAll(/'([^']*)'|([0-9A-F]{2})/g)]
		.map(([, words, hex]) =>
			words === undefined
				? String.fromCharCode(Number.parseInt(hex ?? '', 16))
				: Array.from(words, (one) => String.fromCharCode(ebcdic.get(one) ?? 0)).join(''),
		)
		.join('')

const plain = { charset: 'ascii', dataformat: 'binary', byteorder: 'big_endian', recordtype: 'F' }

const people = [
	to(
		'Out',
		'F',
		`ID decimal(5,0)
		NAME char(4)
		PAY decimal(7,2)
		DAYS int`,
	),
]

subject('Complex Flat File: fields of COBOL', {
	'digits, characters, packed and binary numbers of EBCDIC': {
		stages: [],
		job: cobolJob(
			[{ name: 'R', fields: '2 ID 9(5)\n2 NAME X(4)\n2 PAY P(7,2) signed\n2 FILLER_1 X(2)\n2 DAYS B(4) int signed' }],
			{ byteorder: 'big_endian' },
			people,
		),
		given: { F: bytes("'00042' 'ANNA' 01 23 45 6C 0000 0007  '00043' 'BO  ' 00 00 05 0D FFFF FFFE") },
		written: { Out: ' 00042.,ANNA, 01234.56,7\n 00043.,BO  ,-00000.50,-2\n' },
	},
	'signs in the last digit, in the first and beside the digits': {
		stages: [],
		job: cobolJob(
			[
				{
					name: 'R',
					fields: '2 A 9(3) signed\n2 B 9(3) signed sign=1\n2 C 9(3) signed sign=3\n2 D 9(3) signed sign=4',
				},
			],
			plain,
			[to('Out', 'F', 'A decimal(3,0)\nB decimal(3,0)\nC decimal(3,0)\nD decimal(3,0)')],
		),
		given: { F: '12CA23+123123-' + '12}}23-123123+' },
		written: { Out: ' 123., 123., 123.,-123.\n-120.,-023.,-123., 123.\n' },
	},
	'binary numbers, the low byte first, signed and not': {
		stages: [],
		job: cobolJob(
			[{ name: 'R', fields: '2 A N(4) int signed\n2 B N(4) int\n2 C B(18,2) signed' }],
			{ ...plain, byteorder: 'native_endian' },
			[to('Out', 'F', 'A int\nB int\nC decimal(18,2)')],
		),
		given: { F: bytes('FEFF FEFF 39 30 00 00 00 00 00 00') },
		written: { Out: '-2,65534, 0000000000000123.45\n' },
	},
	'groups, what stands over them, and fields that occur several times': {
		stages: [],
		job: cobolJob(
			[
				{
					name: 'R',
					fields: `2 DAY G
						3 YEAR 9(4) int
						3 MONTH 9(2) int
						2 WHOLE X(6) redefines=DAY
						2 AMOUNT P(3) occurs=3
						2 LAST X(1)`,
				},
			],
			plain,
			[to('Out', 'F', 'DAY char(6)\nYEAR int\nMONTH int\nWHOLE char(6)\nLAST char(1)')],
		),
		given: { F: '202411\u0001\u002C\u0001\u002C\u0001\u002CZ' },
		written: { Out: '202411,2024,11,202411,Z\n' },
	},
	'what is no number is rejected, or takes a default': {
		stages: [],
		job: cobolJob([{ name: 'R', fields: '2 ID X(1)\n2 A P(3) default=7\n2 B P(3)' }], plain, [
			to('Out', 'F', 'ID char(1)\nA decimal(3,0)\nB decimal(3,0)'),
		]),
		given: { F: 'a\u0001\u002C\u0001\u002Cb  \u0001\u002Cc\u0001\u002C\0\0d\u0001' },
		written: { Out: 'a, 012., 012.\nb, 007., 012.\n' },
	},
	'zeros without a sign count as zero where that is allowed': {
		stages: [],
		job: cobolJob([{ name: 'R', fields: '2 ID X(1)\n2 A P(3)' }], { ...plain, allowzeros: 'fix_zero' }, [
			to('Out', 'F', 'ID char(1)\nA decimal(3,0)'),
		]),
		given: { F: 'a\0\0' },
		written: { Out: 'a, 000.\n' },
	},
	'records of two types, each with its link, one of them with a constraint': {
		stages: [],
		job: cobolJob(
			[
				{ name: 'HEAD', id: "TYPE = 'H'", fields: '2 TYPE X(1)\n2 DAY X(4)\n2 FILLER_1 X(1)' },
				{ name: 'LINE', id: "TYPE = 'L'", fields: '2 TYPE X(1)\n2 ITEM X(2)\n2 PRICE P(5,2)' },
			],
			plain,
			[
				to('Heads', 'F', 'TYPE char(1)\nDAY char(4)'),
				to('Lines', 'F', 'ITEM char(2)\nPRICE decimal(5,2)', { outProperties: { predicate: 'PRICE > 1' } }),
				to('All', 'F', 'ITEM char(2)'),
			],
		),
		given: { F: 'H0715 Lab\u0012\u0034\u005CLcd\0\0\u001CXyz   ' },
		written: { Heads: 'H,0715\n', Lines: 'ab, 123.45\n', All: 'ab\ncd\n' },
	},
	'lines of text': {
		stages: [],
		job: cobolJob(
			[{ name: 'R', fields: '2 ID 9(3) int\n2 NAME X(4)' }],
			{ ...plain, dataformat: 'text', recorddelimiter: 'newline' },
			[to('Out', 'F', 'ID int\nNAME char(4)')],
		),
		given: { F: '001ANNA\n002BO  \n' },
		written: { Out: '1,ANNA\n2,BO  \n' },
	},
})
