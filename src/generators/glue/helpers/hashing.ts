import type { Helper } from './registry.ts'

const column = 'from pyspark.sql import Column'
const functions = 'from pyspark.sql import functions as F'
const types = 'from pyspark.sql.types import BinaryType'

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
	wide_decimal_bytes: {
		imports: ['from decimal import Decimal', column, functions, types],
		needs: [],
		text: `
def wide_decimal_bytes(number: Column, trimmed: bool) -> Column:
    """A decimal of any size as .NET holds it, without the zeros at its end where wanted."""

    def pack(value: Decimal | None) -> bytes | None:
        if value is None:
            return None
        sign, digits, exponent = value.as_tuple()
        whole, scale = int("".join(map(str, digits))), -int(exponent)
        while trimmed and whole and scale and whole % 10 == 0:
            whole, scale = whole // 10, scale - 1
        return whole.to_bytes(12, "little") + bytes([0, 0, scale, 128 if sign else 0])

    return F.udf(pack, BinaryType())(number)
`,
	},
	unsigned_long_bytes: {
		imports: [column, functions],
		needs: [],
		text: `
def unsigned_long_bytes(number: Column) -> Column:
    """The bytes of a whole number of 64 bits without a sign, the lowest first."""
    digits = F.lpad(F.conv(number.cast("string"), 10, 16), 16, "0")
    return F.unhex(F.concat(*[F.substring(digits, 15 - 2 * place, 2) for place in range(8)]))
`,
	},
	float_bytes: {
		imports: ['import struct', column, functions, types],
		needs: [],
		text: `
def float_bytes(number: Column, form: str) -> Column:
    """A float as IEEE 754 has it, the lowest byte first; the form is that of Python's module struct."""

    def pack(value: float | None) -> bytes | None:
        return None if value is None else struct.pack(form, value)

    return F.udf(pack, BinaryType())(number)
`,
	},
	uuid_bytes: {
		imports: [column, functions],
		needs: [],
		text: `
def uuid_bytes(text: Column) -> Column:
    """A GUID as .NET orders its bytes: its first three numbers lowest byte first."""
    places = [7, 5, 3, 1, 12, 10, 17, 15, 20, 22, 25, 27, 29, 31, 33, 35]
    return F.unhex(F.concat(*[F.substring(text, place, 2) for place in places]))
`,
	},
	ripemd160_digest: {
		imports: ['import hashlib', column, functions, types],
		needs: [],
		text: `
def ripemd160_digest(content: Column) -> Column:
    """RIPEMD-160, which the OpenSSL of a worker has to offer."""
    return F.udf(lambda data: hashlib.new("ripemd160", data).digest(), BinaryType())(content)
`,
	},
	crc32c_digest: {
		imports: [column, functions, types],
		needs: [],
		text: `
def crc32c_digest(content: Column) -> Column:
    """The register of a CRC-32C, not inverted in the end, the lowest byte first."""

    def digest(data: bytes) -> bytes:
        register = 0xFFFFFFFF
        for one in data:
            register ^= one
            for _ in range(8):
                register = (register >> 1) ^ (0x82F63B78 if register & 1 else 0)
        return register.to_bytes(4, "little")

    return F.udf(digest, BinaryType())(content)
`,
	},
	fnv1a_digest: {
		imports: [column, functions, types],
		needs: [],
		text: `
def fnv1a_digest(content: Column, size: int) -> Column:
    """FNV-1a in 4 or 8 bytes, the lowest first."""
    start, prime = (0x811C9DC5, 0x01000193) if size == 4 else (0xCBF29CE484222325, 0x100000001B3)

    def digest(data: bytes) -> bytes:
        number = start
        for one in data:
            number = (number ^ one) * prime % (1 << (8 * size))
        return number.to_bytes(size, "little")

    return F.udf(digest, BinaryType())(content)
`,
	},
	xxhash64_digest: {
		imports: [column, functions, types],
		needs: [],
		text: `
def xxhash64_digest(content: Column) -> Column:
    """XXH64 with the seed 0, the lowest byte first; Spark's own function has another seed."""
    first, second, third = 0x9E3779B185EBCA87, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9
    fourth, fifth, mask = 0x85EBCA77C2B2AE63, 0x27D4EB2F165667C5, (1 << 64) - 1

    def turn(number: int, bits: int) -> int:
        return (number << bits | number >> (64 - bits)) & mask

    def step(lane: int, word: int) -> int:
        return turn((lane + word * second) & mask, 31) * first & mask

    def digest(data: bytes) -> bytes:
        place, number = 0, fifth
        if len(data) >= 32:
            lanes = [(first + second) & mask, second, 0, -first & mask]
            while place + 32 <= len(data):
                for lane in range(4):
                    word = int.from_bytes(data[place : place + 8], "little")
                    lanes[lane] = step(lanes[lane], word)
                    place += 8
            number = sum(turn(lane, bits) for lane, bits in zip(lanes, (1, 7, 12, 18), strict=True)) & mask
            for lane in lanes:
                number = ((number ^ step(0, lane)) * first + fourth) & mask
        number = (number + len(data)) & mask
        while place + 8 <= len(data):
            number ^= step(0, int.from_bytes(data[place : place + 8], "little"))
            number = (turn(number, 27) * first + fourth) & mask
            place += 8
        if place + 4 <= len(data):
            number ^= int.from_bytes(data[place : place + 4], "little") * first & mask
            number = (turn(number, 23) * second + third) & mask
            place += 4
        for one in data[place:]:
            number = turn(number ^ (one * fifth & mask), 11) * first & mask
        number = (number ^ number >> 33) * second & mask
        number = (number ^ number >> 29) * third & mask
        return (number ^ number >> 32).to_bytes(8, "little")

    return F.udf(digest, BinaryType())(content)
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
