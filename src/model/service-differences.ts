/** Declared differences of tasks that work through services, and of packages as a whole. */
export const serviceDifferences = {
	'RG-D145': {
		title: 'Files go over FTP in passive mode, through the memory of the job',
		why: 'A Glue job cannot be called back by the server, as the active mode needs. It connects once, waits a minute at most, and asks again for nothing. What a task that does not stop at failures does with the other files, the documents do not say: the new job leaves them.',
		check:
			'Let the connection of the job name the server (HOST, PORT) and a secret with the login, allow the way to it in the network, and look whether the server takes passive transfers.',
	},
	'RG-D151': {
		title: 'Files go over SFTP through the memory of the job',
		why: 'A Glue job has no client of Windows: it opens a session over SSH itself, once, with the server that its connection names, and only where the server shows the key that the secret of the connection holds. Times and rights of files are not carried over, and folders whose files are removed stay.',
		check:
			'Let the connection of the job name the server (HOST, PORT) and a secret with `username`, `password` and `host_key` (type and key, as in known_hosts), and allow the way to it in the network. Glue installs paramiko for the job.',
	},
	'RG-D152': {
		title: 'A pattern of file names minds letter case',
		why: 'Windows finds files whatever the letter case of their names; Amazon S3 and Spark do not. The order in which the files are read is another one, too.',
		check: 'Look whether the names of the files are spelled as in the pattern.',
	},
	'RG-D153': {
		title: 'Characters that a code page lacks are kept',
		why: 'Where a Unicode text becomes a text of a code page, the legacy engine treats a character that the code page lacks like a text that is too long, or puts a similar letter or a question mark in its place; which one it does, the documents do not say. The new job keeps the character.',
		check: 'Look whether the source holds characters outside the code page, or give the column a Unicode type.',
	},
	'RG-D146': {
		title: 'A package that its engine refuses fails at its start',
		why: 'The legacy engine validates a package before it runs it and ends with an error where a component reads a column that no component gives any more. The new job fails at once as well, without any effect.',
		check: 'Repair the package in the designer and commit it again, or leave it out of the migration.',
	},
	'RG-D147': {
		title: 'Scripts of a Hadoop cluster run on Amazon EMR',
		why: 'The new job hands a Hive or Pig script to an EMR cluster as a step and waits for its end; a script that the task names by its path is read from S3. Paths and tables inside the script are those of the new cluster.',
		check:
			'Let the argument name the EMR cluster, by its id or its name, with Hive or Pig installed; bring the files and tables of the script along; allow the job to add steps to it.',
	},
	'RG-D148': {
		title: 'Clusters for one run are Amazon EMR clusters',
		why: 'The new job creates an EMR cluster of the same name and number of nodes, with Hive and Pig and the default roles of EMR, and ends it; sizes of machines, users and versions are those of EMR.',
		check:
			'Look at the release, the type of machines and the roles that the job asks for, and allow the job to create clusters.',
	},
	'RG-D149': {
		title: 'Files are inserted into a warehouse by the job itself',
		why: 'The legacy task copies the files into a blob store, where the warehouse reads them by PolyBase and refuses a file as a whole for one row with too few or too many fields. The new job reads the files and inserts their rows: missing fields are null, further ones belong to the last.',
		check:
			'Compare the number of rows, and look at the statement that makes the table: the distribution is one of the old warehouse.',
	},
	'RG-D197': {
		title: 'Statements of sqlcmd, osql and bcp run through a connection of the job',
		why: 'The old program named its server itself, logged in with what its command line or Windows said, showed results in its window, and, without -b, ended well even where a statement failed. The new job uses the connection of that database and fails where a statement fails. In a file of statements, commands of sqlcmd (:r, :setvar, $(name)) reach the database as they stand.',
		check:
			'Map the connection in the config, give it a login that may do the same, and look whether the files hold commands of sqlcmd.',
	},
	'RG-D198': {
		title: 'Files that robocopy would pass over are copied, too',
		why: 'robocopy leaves files alone that have the same size and time at the destination, and by /MOV leaves them where they were. The new job copies or moves every file that fits. It fails where a file cannot be copied; the old task saw that only where it looked at the exit code.',
		check: 'Look whether files stay in the source on purpose.',
	},
	'RG-D158': {
		title: 'The end of an initial load is the latest change captured then',
		why: 'The legacy task waits for a change that is captured after the load has ended and keeps its number. The new job keeps the number of the latest change at that moment. No change is lost: those that come later belong to the next range.',
		check: 'Nothing, unless the number itself is shown or compared.',
	},
} as const
