/** Random numbers, identifiers and packed bytes as .NET makes them. */
import type { Helper } from './registry.ts'

export const scriptRandomHelpers = {
	RandomNumbers: {
		imports: [],
		needs: [],
		text: `
class RandomNumbers:
    """The random numbers of .NET for a seed."""

    MOST = 2_147_483_647

    def __init__(self, seed: int) -> None:
        numbers = [0] * 56
        last = 161_803_398 - min(abs(seed), self.MOST)
        numbers[55], following = last, 1
        for count in range(1, 55):
            place = 21 * count % 55
            numbers[place] = following
            following = last - following
            if following < 0:
                following += self.MOST
            last = numbers[place]
        for _ in range(4):
            for place in range(1, 56):
                mixed = numbers[place] - numbers[1 + (place + 30) % 55]
                mixed = (mixed + 2**31) % 2**32 - 2**31
                numbers[place] = mixed + self.MOST if mixed < 0 else mixed
        self.numbers, self.place = numbers, 0

    def number(self) -> int:
        """The next number, from 0 on."""
        self.place = self.place % 55 + 1
        drawn = self.numbers[self.place] - self.numbers[(self.place + 20) % 55 + 1]
        if drawn == self.MOST:
            drawn -= 1
        if drawn < 0:
            drawn += self.MOST
        self.numbers[self.place] = drawn
        return drawn

    def share(self) -> float:
        """A number from 0 to less than 1."""
        return self.number() * (1.0 / self.MOST)

    def below(self, end: int) -> int:
        """A whole number from 0 to less than an end."""
        return self.between(0, end)

    def between(self, start: int, end: int) -> int:
        """A whole number from a start to less than an end."""
        if not 0 <= end - start <= self.MOST:
            raise ValueError("the end of a range must not be before its start, nor too far behind it")
        return start + int(self.share() * (end - start))
`,
	},
	moment_seed: {
		imports: ['from datetime import datetime', 'from datetime import timedelta'],
		needs: ['run_moment'],
		text: `
def moment_seed(params: dict[str, str]) -> int:
    """A seed from the moment of the run: a run that is repeated for the same moment draws the same numbers."""
    return ((run_moment(params) - datetime(1970, 1, 1)) // timedelta(milliseconds=1)) & 0x7FFFFFFF
`,
	},
	Identifiers: {
		imports: ['import uuid', 'from datetime import datetime', 'from datetime import timedelta'],
		needs: [],
		text: `
class Identifiers:
    """Identifiers for the rows of a component, other ones in each run."""

    def __init__(self, moment: datetime, component: str) -> None:
        micros = (moment - datetime(1970, 1, 1)) // timedelta(microseconds=1)
        self.key, self.count = f"{micros} {component}", 0

    def next(self) -> str:
        """An identifier that no row had before."""
        self.count += 1
        return str(uuid.uuid5(uuid.NAMESPACE_OID, f"{self.key} {self.count}"))
`,
	},
	packed_text: {
		imports: [],
		needs: [],
		text: `
def packed_text(text: str) -> bytes:
    """A text with its length before it, seven bits to a byte."""
    body = text.encode()
    head, rest = bytearray(), len(body)
    while rest >= 0x80:
        head.append(rest & 0x7F | 0x80)
        rest >>= 7
    return bytes(head) + bytes([rest]) + body
`,
	},
	character: {
		imports: [],
		needs: [],
		text: `
def character(code: int) -> str:
    """The character of a code."""
    if not 0 <= code <= 0xFFFF or 0xD800 <= code <= 0xDFFF:
        raise ValueError(f"{code} is the code of no character")
    return chr(code)
`,
	},
} as const satisfies Record<string, Helper>
