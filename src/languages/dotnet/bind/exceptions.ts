/** Types of exceptions that a script may catch: those that can be told apart in the new job. */

/** What a handler of that type takes: itself, and what is derived from it (.NET: System.Exception and its kin). */
const caught: Readonly<Record<string, readonly string[]>> = {
	FormatException: ['FormatException'],
	OverflowException: ['OverflowException'],
	DivideByZeroException: ['DivideByZeroException'],
	ArithmeticException: ['ArithmeticException', 'OverflowException', 'DivideByZeroException'],
	NullReferenceException: ['NullReferenceException'],
	KeyNotFoundException: ['KeyNotFoundException'],
	FileNotFoundException: ['FileNotFoundException'],
	DirectoryNotFoundException: ['FileNotFoundException'],
	IOException: ['IOException', 'FileNotFoundException'],
	WebException: ['WebException'],
	SmtpException: ['SmtpException'],
	SqlException: ['SqlException'],
	OleDbException: ['SqlException'],
	DbException: ['SqlException'],
}

/** Kinds of exceptions, none for all of them; undefined for a type that nothing here raises as such. */
export function exceptionsOf(type: string): readonly string[] | undefined {
	if (type === 'Exception' || type === 'SystemException') return []
	return Object.hasOwn(caught, type) ? caught[type] : undefined
}
