import type { Helper } from './registry.ts'

export const loopHelpers = {
	counted: {
		imports: [],
		needs: [],
		text: `
def counted(first: int, last: int, step: int) -> range:
    """The numbers from the first to the last, both included."""
    return range(first, last + (1 if step > 0 else -1), step)
`,
	},
	split_list: {
		imports: [],
		needs: [],
		text: `
def split_list(text: str, delimiter: str) -> list[str]:
    """The parts of a list; an empty text has none."""
    return text.split(delimiter) if text else []
`,
	},
	rows_of: {
		imports: ['from typing import Any'],
		needs: [],
		text: `
def rows_of(value: Any) -> list[dict[str, Any]]:
    """The rows that a variable holds; an item of a plain list is a row of one cell."""
    if not isinstance(value, list):
        raise RuntimeError("the variable holds no rows")
    return [one if isinstance(one, dict) else {"item": None if one is None else str(one)} for one in value]
`,
	},
} as const satisfies Record<string, Helper>
