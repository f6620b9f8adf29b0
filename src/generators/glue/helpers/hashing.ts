import type { Helper } from './registry.ts'

export const hashingHelpers = {
	little_endian: {
		imports: ['from pyspark.sql import Column', 'from pyspark.sql import functions as F'],
		needs: [],
		text: `
def little_endian(number: Column, size: int) -> Column:
    """The bytes of a whole number, the lowest first."""
    digits = F.lpad(F.hex(number.cast("bigint")), 16, "0")
    return F.unhex(F.concat(*[F.substring(digits, 15 - 2 * place, 2) for place in range(size)]))
`,
	},
	decimal_bytes: {
		imports: ['from pyspark.sql import Column', 'from pyspark.sql import functions as F'],
		needs: ['little_endian'],
		text: `
def decimal_bytes(number: Column, scale: int) -> Column:
    """A decimal as .NET holds it: 96 bits, then scale and sign."""
    whole = (F.abs(number) * F.lit(str(10**scale)).cast(f"decimal({scale + 1},0)")).cast("bigint")
    sign = F.when(number < 0, F.unhex(F.lit("80"))).otherwise(F.unhex(F.lit("00")))
    rest = F.unhex(F.lit(f"000000000000{scale:02X}"))
    return F.concat(little_endian(whole, 8), rest, sign)
`,
	},
	text_bytes: {
		imports: ['from pyspark.sql import Column', 'from pyspark.sql import functions as F'],
		needs: [],
		text: `
def text_bytes(text: Column) -> Column:
    """A short text behind a byte with its length, as a .NET writer puts it."""
    return F.concat(F.unhex(F.lpad(F.hex(F.length(text).cast("bigint")), 2, "0")), F.encode(text, "UTF-8"))
`,
	},
} as const satisfies Record<string, Helper>
