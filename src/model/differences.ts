/**
 * The catalogue of declared differences: ways in which a new job knowingly differs from the old one.
 * Ids are stable; people accept them by id.
 */
import { fileDifferences } from './file-differences.ts'
import { likenessDifferences } from './likeness-differences.ts'
import { scriptDifferences } from './script-differences.ts'
import { serviceDifferences } from './service-differences.ts'

interface DifferenceEntry {
	readonly title: string
	readonly why: string
	readonly check: string
}

export const differences = {
	'RG-D001': {
		title: 'Order of equal or unsorted rows',
		why: 'The source takes rows in the order in which its partitions deliver them; Spark takes them in the order of the input files.',
		check: 'Compare the rows that share a key in the old and the new output.',
	},
	'RG-D002': {
		title: 'Head, Tail and Sample work on the whole data, not on each partition',
		why: 'The legacy count is for each partition of a configuration that the export does not hold; the new job has one.',
		check: 'Compare the number of rows with a legacy run.',
	},
	'RG-D003': {
		title: 'A lookup with several matching reference rows takes the first in file order',
		why: 'The source takes the first that its load delivered, which no setting fixes.',
		check: 'Count reference keys that occur more than once.',
	},
	'RG-D004': {
		title: 'The clock stands still during a run',
		why: 'The source reads the clock row by row; the new job reads it once, so that a run can be repeated.',
		check: 'Nothing, unless rows must carry different times of one run, or a script stops when some time has passed.',
	},
	'RG-D005': {
		title: 'Text sorts and compares by code point',
		why: 'The source compares text by the rules of its locale; Spark compares code points.',
		check: 'Look at accented and mixed-case keys in sorted output.',
	},
	'RG-D006': {
		title: 'A decimal of more than 38 digits is capped',
		why: 'Spark decimals hold 38 digits.',
		check: 'Look for values of more than 38 digits.',
	},
	'RG-D007': {
		title: 'Fractions of a second beyond six digits are cut',
		why: 'Spark timestamps hold microseconds.',
		check: 'Nothing, unless the seventh digit matters.',
	},
	'RG-D008': {
		title: 'Row numbers and remembered values run over all rows, not over each partition',
		why: 'The source counts and remembers rows for each partition of a configuration that the export does not hold; the new job has one.',
		check: 'Compare with a legacy run on one node.',
	},
	'RG-D020': {
		title: 'Numbers of errors and columns in redirected rows',
		why: 'The legacy engine numbers columns when it loads a package, and tells more kinds of failure apart.',
		check: 'Look for logic that reads ErrorCode or ErrorColumn.',
	},
	'RG-D021': {
		title: 'A lookup without full cache compares keys like one with it',
		why: 'The legacy lookup asks the database for each row, which compares by its collation.',
		check: 'Look for keys that differ in letter case or trailing blanks only.',
	},
	'RG-D022': {
		title: 'A row that the database refuses ends the run',
		why: 'The legacy destination sends such a row to its error output; a Spark write fails as a whole.',
		check: 'Look at the constraints of the target table.',
	},
	'RG-D023': {
		title: 'A null stays null where the table has a default',
		why: 'The legacy fast load without Keep Nulls lets the table put its default in place of a null.',
		check: 'Look for defaults on columns that may be null.',
	},
	'RG-D030': {
		title: 'Identity values that the rows bring',
		why: 'The legacy bulk load turns IDENTITY_INSERT on; a Spark write does not, and SQL Server then refuses the values.',
		check: 'Turn identity off in the new table, or leave the column out of the mapping.',
	},
	'RG-D031': {
		title: 'Constraints are checked and triggers fire',
		why: 'The legacy bulk load passes them by unless it is told otherwise; the inserts of Spark do not.',
		check: 'Look at the triggers and check constraints of the target table.',
	},
	'RG-D032': {
		title: 'Facts about the run are those of the new job',
		why: 'The legacy engine writes the id of its execution, its machine and its user; the new job has a run id, and no such machine or user.',
		check: 'Look for logic that reads these columns, such as joins with the log of the legacy engine.',
	},
	'RG-D033': {
		title: 'Rows are dealt one by one',
		why: 'The legacy distributor gives whole buffers to its outputs in turn; the size of a buffer follows from the machine.',
		check: 'Nothing, unless the outputs treat their rows in different ways.',
	},
	'RG-D034': {
		title: 'Rows for a calling program are left as a data set',
		why: 'The legacy destination hands its rows to the program that runs the package; a Glue job has no such reader.',
		check: 'Let the program read the data set when the job has ended.',
	},
	'RG-D035': {
		title: 'Statements for single rows run together',
		why: 'The legacy engine runs the statement while each row passes; the new job runs it for all rows, when they are computed.',
		check: 'Look for steps of the same data flow that read what the statement changes.',
	},
	'RG-D036': {
		title: 'Cells of another type than their column',
		why: 'The legacy driver guesses the type of a column from its first rows and gives null for the cells of any other; the new job reads what can be read as the declared type.',
		check: 'Look for columns that mix numbers, dates and texts, and for empty rows at the end of a sheet.',
	},
	'RG-D040': {
		title: 'A random sample takes other rows',
		why: 'The source draws with a generator of its own; the new job draws by seed and place of a row, the same on every run.',
		check: 'Nothing, unless the sampled rows are expected to be the very same.',
	},
	'RG-D041': {
		title: 'Generated values that are random, or follow no documented rule, are others',
		why: 'The source makes test values; the documents fix cycles, not random values, nor every default.',
		check: 'Nothing, unless logic depends on the generated values.',
	},
	'RG-D042': {
		title: 'An unpivoted row without any value leaves a row without key',
		why: 'The documents say that one row is left, and that its value is null or zero, but not which key it has.',
		check: 'Look for rows whose unpivoted columns are all null.',
	},
	'RG-D043': {
		title: 'Checksums have other values',
		why: 'How the source turns a row into bytes is not documented; the new job has a form of its own. Equal rows have equal checksums.',
		check: 'Compute stored checksums anew before they are compared with those of the new job.',
	},
	'RG-D050': {
		title: 'A pattern for files takes an ending of three letters as it is',
		why: 'On volumes with short file names, Windows lets `*.xls` find files that end in `.xlsx` too.',
		check: 'Look for files whose ending is longer than that of the pattern.',
	},
	'RG-D051': {
		title: 'Errors are told once, in the words of the new engine',
		why: 'The legacy engine raises several events for one failure, with codes and texts of its own.',
		check: 'Look at what handlers do with ErrorCode and ErrorDescription, and how often they run for one failure.',
	},
	'RG-D052': {
		title: 'A failed task counts as one error',
		why: 'The legacy engine may count several errors for one failure, and fails a container when its maximum is reached.',
		check: 'Compare how many failures the old package lived with.',
	},
	'RG-D053': {
		title: 'Mail goes out through Amazon SES',
		why: 'Glue jobs reach no mail server of the old network; SES sends for verified addresses.',
		check: 'Verify the sender in SES and look at a mail.',
	},
	'RG-D054': {
		title: 'No transaction spans several tasks',
		why: 'Each statement and each write of the new job commits on its own.',
		check: 'Decide what to do with rows of a run that failed half-way.',
	},
	'RG-D055': {
		title: 'A failed run starts again from its beginning',
		why: 'The legacy engine skips, after a failure, what a checkpoint file says was done.',
		check: 'Make sure that every task may run twice.',
	},
	'RG-D056': {
		title: 'The database server reads the file of a bulk insert itself',
		why: 'BULK INSERT takes a path of the server, which the new server must be able to reach.',
		check: 'Put the file where the new server finds it, and correct the path.',
	},
	'RG-D057': {
		title: 'The path of a file is that of its new place',
		why: 'A loop over files gives the path where each file is now, which is longer or shorter than the old one.',
		check: 'Look for expressions that take such a path apart by position.',
	},
	'RG-D058': {
		title: 'A connection is the same in a whole run',
		why: 'The old package computed the server or the database; the new job takes the connection from one argument.',
		check: 'Look whether what is computed changes within a run; start the job once for each database then.',
	},
	'RG-D059': {
		title: 'Data flows have sessions of their own',
		why: 'The old package kept one session for a connection. The statements of tasks still share one; Spark reads and writes over several others, which stand outside of its transaction and wait for its locks.',
		check:
			'Where a task opens a transaction on this connection, end it before the data flow, or let the data flow write to a table of its own.',
	},
	'RG-D060': {
		title: 'A Glue job ends well or fails, never with warnings',
		why: 'A trigger OK of a job sequence does not fire when its job ended with warnings; a Glue job has no such end.',
		check: 'Look in the log of the old sequence for jobs that ended with warnings.',
	},
	'RG-D061': {
		title: 'Runs of one job have no invocation id',
		why: 'A Glue job may run several times at once; its runs are told apart by ids of AWS.',
		check: 'Look for DSJobInvocationId in the job.',
	},
	'RG-D062': {
		title: 'A failed sequence is started again by the redrive of Step Functions',
		why: 'Checkpoints skip activities that had ended well at the next start of a sequence; a redrive does so for the failed execution.',
		check: 'Start failed executions again with a redrive, not as new ones.',
	},
	'RG-D063': {
		title: 'A failure stops the jobs that run beside it',
		why: 'The old sequence waits for them and starts nothing more; Step Functions stops the other branches at once.',
		check: 'Make sure that those jobs may be stopped and started again.',
	},
	'RG-D064': {
		title: 'A value in a command is the path of one file',
		why: 'A shell splits a value without quotes at blanks and expands patterns in it; the new operation takes it as it is.',
		check: 'Look for blanks, * and ? in the values.',
	},
	'RG-D065': {
		title: 'An activity waits for more than its triggers',
		why: 'State machines are well-structured: where the ways of a sequence cross, or the first of several would do, the new one waits for all.',
		check: 'Nothing, unless the time at which it starts matters.',
	},
	'RG-D066': {
		title: 'A sequence reads files of at most 256 KB',
		why: 'A state of Step Functions takes no larger result; the old sequence took whatever a command wrote.',
		check: 'Look at the size of the file.',
	},
	...scriptDifferences,
	'RG-D085': {
		title: 'The hash of a currency takes the number without the zeros at its end',
		why: 'So .NET makes a decimal of a currency (`Decimal.FromOACurrency`). That the component gets its numbers this way is not documented; the hashes in its test packages agree, for the one amount that they hold.',
		check: 'Compare some hashes with stored ones; where they differ, compute the stored ones anew.',
	},
	'RG-D086': {
		title: 'The hash of a moment with a time zone takes the moment in UTC',
		why: 'The component hashes the text of the moment with its own offset; Spark keeps the moment and not the offset.',
		check: 'Compute stored hashes anew, unless all moments are in UTC.',
	},
	'RG-D087': {
		title: 'Files that rows name come from a data set of paths and contents',
		why: 'The legacy engine opens each file on a disk that it reaches; the new job finds the contents by path in rows that something else has to bring first.',
		check: 'See to it that the data set has a row for each file, with its path as the rows name it and its content.',
	},
	'RG-D088': {
		title: 'New identifiers of rows are made from the moment of the run, the component and a count',
		why: 'The source draws identifiers at random; those of the new job are new in each run too, but a run for the same moment gives the same ones.',
		check: 'Nothing, unless a job runs twice for one moment into the same table.',
	},
	'RG-D089': {
		title: 'Random numbers of a script follow from the moment of the run',
		why: 'The source draws other numbers each time; the new job takes the moment of its run as the seed of the same generator, so that a run can be repeated.',
		check: 'Nothing, unless other jobs depend on the numbers that were drawn.',
	},
	'RG-D090': {
		title: 'Statements of each node run once',
		why: 'The legacy connector runs them on each node of a configuration that the export does not hold; the new job has one.',
		check: 'Look at statements that must not run only once.',
	},
	'RG-D091': {
		title: 'Rows are found by the key columns of the link',
		why: 'The legacy connector inserts and sees whether a unique key of the table refuses the row; the new job looks for its key columns.',
		check: 'Compare the unique keys of the table with the key columns of the link.',
	},
	'RG-D092': {
		title: 'A table that the job makes has the types that Spark gives its columns',
		why: 'The legacy connector makes the table from the columns of the link, with the types of the database.',
		check: 'Compare the definitions of the two tables, or create the table beforehand.',
	},
	'RG-D093': {
		title: 'A file of an object store or another file system is read and written as text in S3',
		why: 'The legacy connector has settings and conversions of its own, of which the export holds only those that were changed.',
		check: 'Compare quotes, nulls, dates and decimals of the file with what the new job reads or writes.',
	},
	'RG-D094': {
		title: 'Rows of a system that Spark does not reach come from a data set',
		why: 'The legacy connector asks the system itself; the new job reads rows that something else has to bring first.',
		check: 'See to it that the data set is filled before the job runs.',
	},
	'RG-D095': {
		title: 'Widths of fields count characters',
		why: 'The legacy engine counts the bytes of a field; the new job counts characters, fills texts up with blanks and cuts those that are too long.',
		check: 'Look for characters of several bytes, and for texts that are longer than their fields.',
	},
	'RG-D096': {
		title: 'A single value lies nothing apart',
		why: 'The variance of one value divides by zero, and what the legacy engine gives for it is not documented; the new job gives 0, or null where nulls are allowed.',
		check: 'Look for groups of one row.',
	},
	'RG-D097': {
		title: 'Quotes in a text whose fields become columns end the job',
		why: 'The legacy engine reads quoted fields; the new job splits the text at its delimiters and stops where it meets a quote.',
		check: 'Look for quotes in the column that the stage reads.',
	},
	'RG-D098': {
		title: 'Surrogate keys go on without gaps, from a data set',
		why: 'The legacy engine takes keys from a state file in blocks, some for each partition; the new job counts on from the highest key that a data set holds.',
		check: 'Before the first run write one row with the highest key of the target, or 0, into the data set.',
	},
	'RG-D110': {
		title: 'Files that rows name are written below one prefix',
		why: 'The legacy engine writes each file where its row says, on a disk that it reaches; the new job puts it below one prefix of S3, under the same path. Of an empty content it makes an empty file.',
		check: 'See to it that readers look below the prefix: `C:\\out\\a.txt` is `C/out/a.txt` there.',
	},
	'RG-D111': {
		title: 'Files of Avro and ORC become data sets',
		why: 'The legacy connector reads and writes one file of that format; the new job keeps the rows as a folder of Parquet files, with the same columns.',
		check: 'See to it that others who read or write the file take Parquet.',
	},
	'RG-D112': {
		title: 'Both ends of a copy between systems are places in S3',
		why: 'The legacy task copies between a disk and a store of its own cloud or cluster; the new job copies between the places in S3 that have taken over from them.',
		check: 'Look whether the copy is still needed, and which place others use.',
	},
	'RG-D113': {
		title: 'A dimension is compared as it was when the data flow began',
		why: 'The legacy transformation asks the database for each row, so that a row may meet what an earlier one has just changed. A row whose attributes differ in several ways goes to each of these outputs; the documents do not say so for every combination.',
		check:
			'Look for business keys that occur more than once in the rows of a run, and for rows whose fixed attributes differ besides others.',
	},
	'RG-D114': {
		title: 'Elements of XML files are found by name alone',
		why: 'The legacy source follows an XML schema, which is not in the package, and numbers the elements that contain others. The new job takes every element of the name, and numbers them from 0 in the order of the file.',
		check:
			'Look for elements of one name in several places of the file, and for logic that reads the numbers themselves.',
	},
	'RG-D120': {
		title: 'Digits, letters and spaces of regular expressions are those of Python',
		why: 'The patterns of .NET and Python mean the same for the characters of ASCII and nearly all others; of rare ones (marks that combine, superscript digits, the separators 1C to 1F) each has its own opinion.',
		check: 'Nothing, unless such characters occur in what a script matches.',
	},
	'RG-D121': {
		title: 'The temporary folder is that of a Windows service',
		why: 'A script asks the old server for its temporary folder; the new job takes C:\\Windows\\TEMP, as a service sees it.',
		check: 'Map C:\\Windows\\TEMP to a place in S3 in the paths of reglue.yml.',
	},
	'RG-D122': {
		title: 'What a script reads from a database arrives as the text of the database',
		why: 'The statements of a script run through JDBC, which gives numbers, dates and truth values their own spelling; the script reads them from that.',
		check: 'Compare dates, decimals and truth values that the script shows or stores as text.',
	},
	'RG-D130': {
		title: 'Columns that travel along by name have the types that later links tell',
		why: 'With runtime column propagation the legacy connector takes names and types from the database; the export holds only the names in its statement.',
		check:
			'Compare the types of the columns in the database with those of the links that name them; a number read as text may be spelled in another way.',
	},
	'RG-D131': {
		title: 'Rows that a unique key refuses are left out by the new database',
		why: 'The legacy connector inserts new rows only, and the export does not say by which key: the constraints of the table decide. Tests know no constraints and insert all rows.',
		check:
			'See to it that the table has the same unique keys; of several new rows with one key the first that the database meets stays.',
	},
	'RG-D132': {
		title: 'Decimal results of groups are computed exactly and then cut',
		why: 'That the legacy engine calculates them without rounding in between, and cuts the digits that do not fit, is not documented.',
		check: 'Compare the last digit of sums and means where the input has more digits behind the point than the result.',
	},
	'RG-D137': {
		title: 'Whole numbers are calculated with 64 bits',
		why: 'The compiled code of the legacy Transformer calculates with the 32 or 64 bits of the columns, and what it makes of a result that needs more is not documented. The new job calculates with 64 bits and puts the nearest value that it can hold into the column; a result beyond 64 bits is an error of the row.',
		check: 'Look for sums and products beyond 2,147,483,647, the end of a 32-bit Integer.',
	},
	...likenessDifferences,
	'RG-D142': {
		title: 'Warnings are told where errors make a container fail',
		why: 'The legacy engine warns of much that is its own: columns that nothing reads, texts that may be cut, too little memory. The new job has one warning, that errors in a container or in the package have reached the maximum and made it fail.',
		check:
			'Look at what handlers of OnWarning are for: those that only log the warnings of validation have nothing to log.',
	},
	'RG-D143': {
		title: 'Terms are looked up by the rules of regular English',
		why: 'The legacy transformation reads English with a dictionary of its own. The new job breaks sentences at every sign but letters, digits, hyphens and apostrophes, takes the shortest term that begins at a word, from left to right, and knows plurals by their endings and a few irregular ones. A capital at the beginning of a sentence is one.',
		check: 'Compare terms and frequencies with a legacy run.',
	},
	'RG-D150': {
		title: 'Codes of differences that the job does not set',
		why: 'The documents of the Difference stage disagree about the codes that count where none is set: 0 for copies, 1 for inserts, 2 for deletes and 3 for edits, or 2, 0, 1 and 3. The new job takes the first.',
		check: 'Compare the codes of a few rows, or set all four codes in the stage.',
	},
	'RG-D144': {
		title: 'Terms are what stands between words of grammar',
		why: 'The legacy transformation tags parts of speech with a dictionary and a statistical model of its own, and takes nouns. The new job takes every word that is no number and none of a list of articles, pronouns, prepositions, conjunctions, auxiliaries and frequent verbs; a phrase is a whole run of such words. Singulars follow from the endings. Scores are the frequency, or the frequency times the natural logarithm of rows by rows with the term.',
		check: 'Compare the terms with a legacy run: other verbs and adjectives are among the new ones.',
	},
	'RG-D180': {
		title: 'Purposes of the columns of a dimension are read from what the columns do',
		why: 'The export numbers the purposes, and no document tells what the numbers mean. The new job takes them from the lookup condition, the derivations and the Expire expressions, by the rules of the documents.',
		check:
			'Compare them with the stage in the designer. `datastage.scd_purposes` in reglue.yml says once for all jobs what each number means.',
	},
	'RG-D181': {
		title: 'A row meets the dimension as the rows before it have left it',
		why: 'The legacy stage wants rows in the order of events and all rows of a business key in one process; that it keeps its lookup table up to date with them follows from that, and no document says it. Nor do they say which of several current rows of a key counts: the new job takes the first. A null in a business key meets no row, nulls are equal where values are compared, and the output link sees the dimension after the change.',
		check:
			'Look for business keys that are null, that come more than once in the rows of a run, or that have several current rows in the dimension.',
	},
	...fileDifferences,
	...serviceDifferences,
} as const satisfies Record<string, DifferenceEntry>

export type DifferenceId = keyof typeof differences
