import type { Helper } from './registry.ts'

export const flowHelpers = {
	evaluate: {
		imports: ['from typing import Any', 'from pyspark.sql import Column, SparkSession'],
		needs: [],
		text: `
def evaluate(spark: SparkSession, value: Column) -> Any:
    """Value of an expression that reads no row."""
    return spark.range(1).select(value).first()[0]
`,
	},
	Failures: {
		imports: [],
		needs: [],
		text: `
class Failures(RuntimeError):
    """What went wrong in a container; the first is what it is known by."""

    def __init__(self, failures: list[str]) -> None:
        super().__init__(failures[0])
        self.failures = failures
`,
	},
	Tasks: {
		imports: ['from collections.abc import Callable'],
		needs: ['Failures'],
		text: `
class Tasks:
    """How tasks ended. The run fails with its first failure once every task that may run has run."""

    def __init__(self) -> None:
        self.ended: dict[str, str] = {}
        self.failures: list[str] = []

    def run(self, task: str, work: Callable[[], list[str] | None], outcome: str = "", contains: bool = False) -> None:
        """Runs a task and notes how it ended, or the outcome that it always has. Contained errors count no further."""
        failed, errors = self.attempt(task, work)
        self.ended[task] = outcome or ("failure" if failed else "success")
        if not contains:
            self.failures += errors

    def attempt(self, task: str, work: Callable[[], list[str] | None]) -> tuple[bool, list[str]]:
        """Did it fail, and the errors in it: a container may live with some."""
        try:
            return False, work() or []
        except Exception as error:
            failures = error.failures if isinstance(error, Failures) else [str(error)]
            errors = [f"Task {task}: {failure}" for failure in failures]
            print("\\n".join(errors))
            return True, errors

    def skip(self, task: str) -> None:
        """A disabled task counts as a success."""
        self.ended[task] = "success"

    def succeeded(self, task: str) -> bool:
        return self.ended.get(task) == "success"

    def failed(self, task: str) -> bool:
        return self.ended.get(task) == "failure"

    def completed(self, task: str) -> bool:
        return task in self.ended

    def finish(self, maximum: int = 1) -> None:
        if len(self.failures) >= maximum:
            raise Failures(self.failures)
`,
	},
	parse_value: {
		imports: ['from typing import Any'],
		needs: [],
		text: `
def parse_value(text: str | None, kind: str) -> Any:
    """A text that a database gave, as the value of a variable."""
    if text is None or kind == "text":
        return text
    if kind == "boolean":
        return text.lower() in ("1", "t", "true")
    return float(text) if kind == "float" else int(float(text)) if "." in text else int(text)
`,
	},
	not_translated: {
		imports: ['from pyspark.sql import DataFrame'],
		needs: [],
		text: `
def not_translated(message: str, *inputs: DataFrame) -> DataFrame:
    """Stands for a step that has to be written by hand."""
    raise RuntimeError(message)
`,
	},
} as const satisfies Record<string, Helper>
