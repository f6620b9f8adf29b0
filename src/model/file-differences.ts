/** Declared differences of records in files. */
export const fileDifferences = {
	'RG-D195': {
		title: 'Numbers and dates in texts of some locales',
		why: 'The legacy engine reads numbers and dates in texts by the rules of a locale. The new job follows those of the common locales and reads the texts of others as in en-US. No document says how the old engine writes numbers under a locale with a decimal comma; the new job writes a point.',
		check:
			'Compare numbers with decimals, and dates whose day and month could change places, with a file of the old job.',
	},
	'RG-D134': {
		title: 'The first rows of a file are counted without those that do not have its fields',
		why: 'The legacy stage counts records before it looks at their fields; the new job sets records with missing or further fields aside first.',
		check: 'Compare the row counts where the beginning of a file holds malformed records.',
	},
	'RG-D162': {
		title: 'Packed files are known by their names',
		why: 'The legacy stage sends the file through a program that unpacks it, whatever its name is. Spark unpacks files whose names end in .gz or .bz2, and takes others as they are.',
		check: 'See to it that the names of packed files end so, or unpack them where they arrive.',
	},
	'RG-D163': {
		title: 'A filter command that leaves no line ends well',
		why: 'grep tells its caller when it finds no line, and whether the legacy stage takes that for a failure is not documented. The new job goes on with no rows.',
		check: 'Look in the log of the legacy job for a run in which the filter left nothing.',
	},
	'RG-D170': {
		title: 'What an XML task finds is written as UTF-8, and numbers by the invariant culture',
		why: 'No document says in which encoding the legacy task writes a file, or by which culture the text of a number.',
		check: 'Compare the first bytes of a file that the legacy job wrote, and the decimal point of a sum.',
	},
	'RG-D161': {
		title: 'A text that is no date, time or timestamp becomes null',
		why: 'The legacy Transformer warns and keeps the row with an invalid value, which is no null: a file shows asterisks, a database refuses it or takes null. The new job keeps the row with null where the column of a link may be null; otherwise, and where a stage variable takes the value, the row goes to the reject link or, without one, is dropped.',
		check:
			'Look in the log of the legacy job for conversion errors ("data may have been lost"); without any there is no difference.',
	},
	'RG-D160': {
		title: 'COBOL files are read as the usual machine reads them',
		why: 'Where the stage does not say it, the machine of the legacy engine decides the order of bytes and the code page of EBCDIC. The new job takes the low byte first and code page 037, in which letters, digits, blanks and most signs stand where they stand in the others.',
		check: 'Compare binary numbers, and texts with brackets, braces, accents and currency signs.',
	},
} as const
