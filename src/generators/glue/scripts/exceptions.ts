/** Exceptions that scripts catch by their type, as the exceptions of Python that stand for them here. */

const byName: Readonly<Record<string, readonly string[]>> = {
	FormatException: ['FormatError'],
	OverflowException: ['OverflowError'],
	DivideByZeroException: ['ZeroDivisionError'],
	ArithmeticException: ['ArithmeticError'],
	// Python has no single error for the use of None.
	NullReferenceException: ['AttributeError', 'TypeError'],
	KeyNotFoundException: ['KeyError'],
	FileNotFoundException: ['FileNotFoundError', 'Py4JJavaError'],
	IOException: ['OSError', 'Py4JJavaError'],
	WebException: ['OSError'],
	SmtpException: ['ClientError'],
	SqlException: ['Py4JJavaError'],
}

/** The clause of an `except` for these kinds of exceptions; none means all. */
export function exceptClause(exceptions: readonly string[]): string {
	const named = new Set(exceptions.flatMap((one) => byName[one] ?? []))
	if (named.has('OSError')) named.delete('FileNotFoundError')
	const names = [...named]
	const [only] = names
	if (only === undefined) return 'Exception'
	return names.length === 1 ? only : `(${names.join(', ')})`
}
