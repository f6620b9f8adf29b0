/** Constants for the parameters that must be constants. An operation that is missing here fails the test that lists it. */
import type { LiteralSamples } from '../support/operation-samples.ts'

const roundings = ['ceil', 'floor', 'round_inf', 'trunc_zero']
const weekdays = ['sunday', 'Mon', 'saturday']
const patterns = ['[a-c]+', '\\d+$', '^a.', 'T{2}', '(?:a|b)\\.?', '\\s']

export const literalSamples: LiteralSamples = {
	'datastage.compare': { justification: ['L', 'R'] },
	'datastage.trim-characters': { option: ['A', 'B', 'D', 'E', 'F', 'L', 'R', 'T'] },
	'datastage.regex-match': { pattern: patterns },
	'datastage.regex-contains': { pattern: patterns },
	'datastage.regex-search': { pattern: patterns },
	'datastage.regex-replace': { pattern: patterns, by: ['', '$1\\x'] },
	'datastage.field-store': { delimiter: [',', '.'] },
	'datastage.fix': { places: [0n, 2n, 4n], mode: [0n, 1n] },
	'datastage.num-to-str-fixed': { places: [0n, 2n, 6n] },
	'datastage.set-bit': { bits: ['1', '2,4,8', '63'], state: [0n, 1n] },
	'datastage.to-decimal': { rounding: roundings },
	'datastage.decimal-to-string': {
		option: ['fix_zero', 'suppress_zero'],
		'second-option': ['suppress_zero', 'fix_zero'],
	},
	'datastage.decimal-to-dfloat': { option: ['fix_zero'] },
	'datastage.str-to-decimal-or-null': { precision: ['6'], scale: ['2'] },
	'datastage.is-valid': {
		type: ['int8', 'uint16', 'int64', 'uint64', 'decimal', 'dfloat', 'string', 'date', 'time', 'timestamp'],
		format: ['%yyyy-%mm-%dd'],
	},
	'datastage.temporal-to-string': {
		format: ['%dd/%mm/%yyyy', '%(mmm,u) %d %yy %eee', '%hh:%nn:%ss.3', '%WW %E %e %ddd', "%H o'clock %aa [%mmmm]"],
	},
	'datastage.string-to-date': {
		format: ['%yyyy%mm%dd', '%(d,s)/%(m,s)/%yyyy', '%mm/%dd/%1970yy', '%dd-%mmm-%yyyy', '%yyyy%ddd'],
	},
	'datastage.string-to-time': { format: ['%hh:%nn:%ss', '%hh%nn', '%hh:%nn:%ss.3'] },
	'datastage.string-to-timestamp': {
		format: ['%yyyy-%mm-%dd %hh:%nn:%ss', '%mmm %d %hh:%nn:%ss %yyyy', '%yyyy%mm%dd'],
	},
	'datastage.temporal-to-decimal': { format: ['%yyyy%mm%dd', '%hh%nn%ss'] },
	'datastage.decimal-to-date': { format: ['%yyyy%mm%dd', '%yy%mm%dd'] },
	'datastage.decimal-to-time': { format: ['%hh%nn%ss'] },
	'datastage.decimal-to-timestamp': { format: ['%hh%nn%ss%yy%mm%dd'] },
	'datastage.conversion': { code: ['MB', 'MO', 'MX', 'MX0C', 'MB0C'], direction: ['I', 'O'] },
	'datastage.weekday': { origin: weekdays },
	'datastage.next-weekday': { weekday: weekdays },
	'datastage.previous-weekday': { weekday: weekdays },
	'datastage.nth-weekday': { weekday: weekdays },
	'datastage.convert-time-zone': { from: ['PST', 'UTC'], to: ['EST', 'CET'] },
}
