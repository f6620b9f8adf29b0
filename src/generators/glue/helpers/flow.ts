import type { Helper } from './registry.ts'

export const flowHelpers = {
	evaluate: {
		imports: ['from typing import Any', 'from pyspark.sql import Column, SparkSession'],
		needs: [],
		text: String.raw`
def evaluate(spark: SparkSession, value: Column) -> Any:
    """Value of an expression that reads no row."""
    return spark.range(1).select(value).first()[0]
`,
	},
	attempt: {
		imports: ['from collections.abc import Callable'],
		needs: [],
		text: String.raw`
def attempt(outcome: dict[str, str], task: str, work: Callable[[], None]) -> None:
    """Runs a task and notes how it ended, so that the tasks after it can depend on that."""
    try:
        work()
        outcome[task] = "success"
    except Exception as error:
        print(f"Task {task}: {error}")
        outcome[task] = "failure"
        outcome.setdefault("first failure", f"Task {task}: {error}")
`,
	},
	not_translated: {
		imports: ['from pyspark.sql import DataFrame'],
		needs: [],
		text: String.raw`
def not_translated(stage: str, kind: str, reason: str) -> DataFrame:
    """Stands for a stage that has to be written by hand."""
    raise RuntimeError(f"Stage {stage}: {kind} was not translated: {reason}")
`,
	},
} as const satisfies Record<string, Helper>
