/** What translated scripts ask an exception that they have caught. */
import type { Helper } from './registry.ts'

export const scriptExceptionHelpers = {
	message_of: {
		imports: [],
		needs: ['FormatError'],
		text: `
def message_of(error: Exception) -> str:
    """What .NET says of such a fault; where Python has no fault of that kind, what Python says."""
    if isinstance(error, FormatError):
        return error.said
    if isinstance(error, ZeroDivisionError):
        return "Attempted to divide by zero."
    if isinstance(error, KeyError):
        return "The given key was not present in the dictionary."
    if isinstance(error, IndexError):
        return "Index was outside the bounds of the array."
    if isinstance(error, (AttributeError, TypeError)):
        return "Object reference not set to an instance of an object."
    if isinstance(error, FileNotFoundError):
        return f"Could not find file '{error.filename}'."
    return str(error)
`,
	},
} as const satisfies Record<string, Helper>
