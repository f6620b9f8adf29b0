import { describe, expect, it } from 'vitest'
import type { CobolRecordSpec } from '../../../support/cobol-flow.ts'
import { cobolJob } from '../../../support/cobol-flow.ts'
import type { Values } from '../../../support/dsx-builder.ts'
import { to } from '../../../support/functional-job.ts'

const plain = { charset: 'ascii', byteorder: 'big_endian' }

function reasonsOf(
	records: string | readonly CobolRecordSpec[],
	properties: Values = plain,
	columns = 'A char(1)',
): string {
	const spec = typeof records === 'string' ? [{ name: 'R', fields: records }] : records
	const job = cobolJob(spec, properties, [to('Out', 'F', columns)])
	return job.accounting.map(({ reason }) => reason ?? '').join('; ')
}

describe('a Complex Flat File', () => {
	it('is opaque where nothing tells what its records are', () => {
		expect(reasonsOf('2 A X(1)', { ...plain, recordtype: 'VB' })).toContain('its records have the type VB')
		expect(reasonsOf('2 A X(1)', { ...plain, record_prefix: '2' })).toContain('its records begin with their length')
		expect(reasonsOf('2 A X(1)\n2 B P(3)', { ...plain, recorddelimiter: 'newline' })).toContain(
			'among which a line break',
		)
		expect(reasonsOf('2 A X(1)', { ...plain, charset: 'ebcdic', nls_map_name: 'ibm-1047_P100-1995' })).toContain(
			'ibm-1047',
		)
	})

	it('is opaque where a field has a form that is not read', () => {
		expect(reasonsOf('2 A X(1)\n2 N 9(2)\n2 B X(1) occurs=3 depends=N')).toContain(
			'B occurs as often as another column',
		)
		expect(reasonsOf('2 A X(1) occurs=2')).toContain('A occurs several times')
		expect(reasonsOf('2 A X(1)\n2 D X(8) date=YYYYMMDD')).toContain('D is a date by the mask YYYYMMDD')
		expect(reasonsOf('2 A X(1)\n2 V V(8)')).toContain('the native type of column V is VARCHAR')
		expect(reasonsOf('2 A 9(5,2)', { ...plain, dataformat: 'text' }, 'A decimal(5,2)')).toContain(
			'how A is written as text',
		)
	})

	it('is opaque where the records of several types cannot be told apart', () => {
		const [head, line] = [
			{ name: 'H', id: "T = 'H'", fields: '2 T X(1)\n2 A X(1)' },
			{ name: 'L', fields: '2 U X(1)\n2 B X(1)' },
		]
		expect(reasonsOf([head, line])).toContain('nothing tells the record L from the others')
		expect(reasonsOf([head, { ...line, id: "U = 'L'", fields: '2 U X(1)\n2 B X(3)' }])).toContain(
			'different lengths: 2, 4',
		)
		expect(reasonsOf([head, { ...line, id: "U = 'L'" }], plain, 'A char(1)\nB char(1)')).toContain(
			'not those of one record',
		)
	})

	it('declares what the machine of the old engine decided', () => {
		expect(reasonsOf('2 A X(1)', {})).toContain('RG-D160: The code page of its EBCDIC')
		expect(reasonsOf('2 A B(4) int', { charset: 'ascii' }, 'A int')).toContain('RG-D160: The order of bytes in A')
	})
})
