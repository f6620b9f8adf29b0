/** Functions by which translated scripts ask the web. */
import type { Helper } from './registry.ts'

export const scriptWebHelpers = {
	http_request: {
		imports: [
			'from typing import Any',
			'from urllib.error import HTTPError',
			'from urllib.request import Request, urlopen',
		],
		needs: [],
		text: `
def http_request(method: str, url: str, headers: dict[str, str], body: str | None) -> list[Any]:
    """The status and the text that an address answers with."""
    data = None if body is None else body.encode()
    request = Request(url, data=data, headers=headers, method=method)
    try:
        with urlopen(request, timeout=100) as answer:
            return [answer.status, answer.read().decode("utf-8", "replace")]
    except HTTPError as error:
        return [error.code, error.read().decode("utf-8", "replace")]
`,
	},
	WebAnswer: {
		imports: [],
		needs: [],
		text: `
class WebAnswer:
    """What an address answered."""

    def __init__(self, status: int, text: str) -> None:
        self.status, self.text = status, text

    def succeeded(self) -> bool:
        return 200 <= self.status < 300

    def required(self) -> "WebAnswer":
        if not self.succeeded():
            raise OSError(f"the server answered with status {self.status}")
        return self
`,
	},
	WebRequest: {
		imports: [],
		needs: ['http_request', 'WebAnswer'],
		text: `
class WebRequest:
    """A request that is put together piece by piece; its body is written as to a file."""

    def __init__(self, url: str) -> None:
        self.url, self.method = url, "GET"
        self.headers: dict[str, str] = {}
        self.body = ""

    def write(self, text: str | None) -> None:
        self.body += text or ""

    def write_line(self, text: str | None) -> None:
        self.write((text or "") + "\\r\\n")

    def flush(self) -> None:
        """Nothing is sent before the answer is asked for."""

    def close(self) -> None:
        """Nothing is sent before the answer is asked for."""

    def send(self) -> WebAnswer:
        return WebAnswer(*http_request(self.method, self.url, self.headers, self.body or None)).required()
`,
	},
	StringContent: {
		imports: [],
		needs: [],
		text: `
class StringContent:
    """A text as the body of a request."""

    def __init__(self, text: str, kind: str = "text/plain") -> None:
        self.text, self.kind = text, f"{kind}; charset=utf-8"
`,
	},
	HttpClient: {
		imports: [],
		needs: ['http_request', 'WebAnswer', 'StringContent'],
		text: `
class HttpClient:
    """Sends requests that share their headers."""

    def __init__(self) -> None:
        self.headers: dict[str, str] = {}

    def accept(self, kind: str) -> None:
        before = self.headers.get("Accept")
        self.headers["Accept"] = f"{before}, {kind}" if before else kind

    def send(self, method: str, url: str, content: StringContent | None = None) -> WebAnswer:
        own = {} if content is None else {"Content-Type": content.kind}
        text = None if content is None else content.text
        return WebAnswer(*http_request(method, url, self.headers | own, text))
`,
	},
} as const satisfies Record<string, Helper>
