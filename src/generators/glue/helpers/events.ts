import type { Helper } from './registry.ts'

export const eventHelpers = {
	Event: {
		imports: ['from dataclasses import dataclass'],
		needs: [],
		text: `
@dataclass
class Event:
    """What happened to which task."""

    task: str
    task_id: str = ""
    error: str = ""
`,
	},
	TasksWithEvents: {
		imports: ['from collections.abc import Callable'],
		needs: ['Tasks', 'Event'],
		text: `
Handler = Callable[..., None]


class TasksWithEvents(Tasks):
    """Tasks whose events have handlers, called in the order in which an event reaches them."""

    def __init__(self, call: Callable[[Handler, Event], None]) -> None:
        super().__init__()
        self.call = call

    def run(
        self,
        task: str,
        work: Callable[[], list[str] | None],
        events: dict[str, list[Handler]] | None = None,
        task_id: str = "",
        outcome: str = "",
        contains: bool = False,
    ) -> None:
        """Runs a task with the handlers of its events. What goes wrong in a handler counts as an error of the task."""
        errors = self.handle("pre-execute", events, Event(task, task_id))
        failed, own = self.attempt(task, work)
        errors += own
        if failed:
            error = own[0].removeprefix(f"Task {task}: ")
            errors += self.handle("error", events, Event(task, task_id, error))
            errors += self.handle("task-failed", events, Event(task, task_id, error))
            warning = "The number of errors raised reached the maximum allowed; resulting in failure."
            errors += self.handle("warning", events, Event(task, task_id, warning))
        errors += self.handle("post-execute", events, Event(task, task_id))
        self.ended[task] = outcome or ("failure" if failed else "success")
        if not contains:
            self.failures += errors

    def handle(self, name: str, events: dict[str, list[Handler]] | None, event: Event) -> list[str]:
        """Errors of the handlers of one event."""
        errors: list[str] = []
        for handler in (events or {}).get(name, []):
            errors += self.attempt(f"{event.task}, {name}", lambda handler=handler: self.call(handler, event))[1]
        return errors
`,
	},
} as const satisfies Record<string, Helper>
