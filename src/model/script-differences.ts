/** Declared differences of code in scripts. */
export const scriptDifferences = {
	'RG-D080': {
		title: 'Scripts count whole characters',
		why: 'A .NET text counts UTF-16 units, so a character beyond U+FFFF counts twice; Python counts it once. Case, letters and white space follow the Unicode tables of Python.',
		check: 'Look for emoji and rare ideographs in columns whose length or parts a script uses.',
	},
	'RG-D081': {
		title: 'Scripts write and read dates and numbers by the invariant culture',
		why: 'A .NET script without a culture takes that of the account it runs under, which no export holds.',
		check: 'Look at the regional settings of the old server where a script formats or parses dates and numbers.',
	},
	'RG-D082': {
		title: 'Descriptions of error codes',
		why: 'The legacy engine describes an error code in its own language; the new job has the English text of the common codes and the number of all others.',
		check: 'Look for logic that reads the description of an error.',
	},
	'RG-D083': {
		title: 'A script sees all rows in one buffer',
		why: 'The legacy engine calls a script that asks for its rows itself once for each buffer, and a buffer holds as many rows as the memory allows.',
		check: 'Look at what such a script does at the end of its loop.',
	},
	'RG-D084': {
		title: 'Decimals that scripts compute are rounded to the scale of the column',
		why: 'Whether the legacy buffer rounds or cuts what a script puts into a column of fewer decimal places is not documented; the new job rounds half to even.',
		check: 'Compare computed amounts with a legacy run.',
	},
	'RG-D220': {
		title: 'Texts of exceptions',
		why: 'The new job says what .NET says of texts that are no number, date or truth value, of numbers that are too large, of a division by zero, a missing key, a place outside of an array, nothing where an object should be and a file that is not there. What files, databases and services say is their own, and `ToString()` gives the text without the type and the places in the code.',
		check: 'Look for logic that reads the text of an exception.',
	},
	'RG-D166': {
		title: 'Dictionaries give their items in the order in which they were added',
		why: 'The order in which .NET gives the items of a dictionary is not documented. As long as nothing was taken out, it is the order in which they were added, and so it is in the new job.',
		check: 'Look at what a script makes of the order of a dictionary from which it takes items out.',
	},
	'RG-D190': {
		title: 'Windows that scripts open are left out',
		why: 'A job has no screen. Where the old package ran without one, as under SQL Server Agent, a message box raises an exception instead of showing anything (Microsoft: `MessageBox.Show` in a process that is not interactive).',
		check: 'Look whether the old package ran unattended; if it did, its script failed where it opened a window.',
	},
	'RG-D191': {
		title: 'Databases that scripts open by a text of their own are connections of the job',
		why: 'The old script held the server, and perhaps the login, in its code. The new job runs its statements through a connection that is named after the database, which brings its own login.',
		check: 'Map the connection in the config, and look whether its login may do what the script does.',
	},
	'RG-D192': {
		title: 'An answer without rows has no columns',
		why: 'A reader of ADO.NET knows its columns before the first row. The new job gets rows as texts by column, so a script that asks an empty answer for its columns finds none.',
		check: 'Look at what the script makes of a query that gives no rows, such as a file with a header alone.',
	},
	'RG-D193': {
		title: 'Files are neither locked nor hidden nor read-only',
		why: 'A script of Windows may open a file to see whether somebody still writes it, and set its attributes. In S3 a file is there when it is whole, nobody locks it, and it has no attributes.',
		check: 'Look whether whoever delivers a file writes it piece by piece, under its last name.',
	},
	'RG-D210': {
		title: 'Scripts ask web servers without the Windows account',
		why: 'The old script let the web server know the account that the package ran under (`CredentialCache.DefaultCredentials`). A Glue job has no such account; a server that insists on it answers 401, and the job fails.',
		check: 'Look whether the address can be read without a login.',
	},
	'RG-D211': {
		title: 'Certificates of web servers are looked at',
		why: 'The old script decided itself which certificates it takes (`ServicePointManager`), in most cases all. The new job takes those that a known authority has signed.',
		check: 'Look whether the certificate of the server is valid; a job that meets one that is not fails.',
	},
	'RG-D212': {
		title: 'A file is as old as its last change',
		why: 'Windows keeps the moment at which a file was made apart from that of its last change, and gives a copy a new one. Objects of S3 have one time: when they were written.',
		check: 'Look at what a script makes of the age of a file.',
	},
	'RG-D172': {
		title: 'Scripts see the times of files in UTC',
		why: 'The legacy runtime gives the time at which a file was last changed in the time zone of its machine; the new job runs in UTC. A file that was copied to its new place was changed when it was copied.',
		check: 'Look at what a script makes of the time of a file.',
	},
	'RG-D173': {
		title: 'The default encoding is Windows 1252',
		why: 'A .NET script that reads or writes a file in Encoding.Default takes the code page of its machine, which no export holds.',
		check: 'If the old machine was not set to a language of Western Europe, look at characters beyond ASCII.',
	},
	'RG-D159': {
		title: 'File times that scripts set are those of a machine in UTC',
		why: 'The legacy buffer takes a moment that a script puts into a column of DT_FILETIME for the local time of its machine and keeps it in UTC, as `DateTime.ToFileTime` does. That is not documented; the hashes in the test packages of Multiple Hash show it. The new job runs in UTC, where both are the same.',
		check:
			'If the old machine was in another time zone, compare the file times, and hashes of them, with a legacy run.',
	},
} as const
