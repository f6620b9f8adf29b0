/** Printed helpers that more than one language calls. */
import type { SparkHelper } from '../helpers.ts'
import { characterHelpers } from './spark-characters.ts'

export const sharedHelpers = {
	let: {
		needs: [],
		imports: ['from collections.abc import Callable'],
		text: `
def let(value: Column, body: Callable[[Column], Column]) -> Column:
    """What the body makes of a value that it uses several times; the value is computed once."""
    return F.transform(F.array(value), body)[0]
`,
	},
	int_type: {
		needs: [],
		text: `
def int_type(name: str) -> tuple[str, Column, Column]:
    """An integer type of the old job, such as int32: what Spark holds it in, its least and its greatest value."""
    bits = int(name.removeprefix("u").removeprefix("int"))
    if name.startswith("u"):
        held, low, high = {8: "smallint", 16: "int", 32: "bigint", 64: "decimal(20,0)"}, 0, 2**bits - 1
    else:
        held = {8: "tinyint", 16: "smallint", 32: "int", 64: "bigint"}
        low, high = -(2 ** (bits - 1)), 2 ** (bits - 1) - 1
    least, greatest = (F.lit(str(end)).cast("decimal(20,0)") for end in (low, high))
    return held[bits], least, greatest
`,
	},
	fit_decimal: {
		needs: ['let'],
		text: `
def fit_decimal(value: Column, precision: int, scale: int) -> Column:
    """A number as a decimal of that size; null where it has too many digits before the point."""
    limit = F.lit(str(10 ** (precision - scale))).cast(f"decimal({precision - scale + 1},0)")
    size = f"decimal({precision},{scale})"
    return let(value, lambda x: F.when((x > -limit) & (x < limit), x).cast(size))
`,
	},
	...characterHelpers,
} as const satisfies Record<string, SparkHelper>
