"""What went wrong in a script, told so that a person, a rule or a model can act on it."""

import re
import traceback
from typing import Any

from py4j.protocol import Py4JJavaError

LONGEST = 8000

# Generated code names the stage in what it raises, "Stage NAME: …", "Component NAME: …"; Spark's own "stage 3.0" is
# another thing.
STAGE = re.compile(r"\b(?:Stage|Component) (?!\d+\.\d+\b)(?P<name>[^\n:]+): ")


def describe(error: BaseException, script: str) -> dict[str, Any]:
    """Class, message, Spark's error condition, the stage, and the script's own lines, outermost first."""
    java = _java_root(error)
    message = _java_message(java) if java is not None else str(error)
    stage = STAGE.search(message)
    return {
        "errorClass": java.getClass().getName() if java is not None else type(error).__name__,
        "condition": _condition(java if java is not None else error),
        "message": message[:LONGEST],
        "trace": _trace(error, script),
        "stage": stage["name"] if stage else None,
    }


def _java_root(error: BaseException) -> Any | None:
    """The innermost Java exception of one that PySpark did not translate to a class of its own."""
    if not isinstance(error, Py4JJavaError):
        return None
    java: Any = error.java_exception
    while java.getCause() is not None:
        java = java.getCause()
    return java


def _java_message(java: Any) -> str:
    return java.getMessage() or java.getClass().getName()


def _condition(error: Any) -> str | None:
    """Spark's name for the error, for example DIVIDE_BY_ZERO, where it has one."""
    for method in ("getCondition", "getErrorClass"):
        try:
            name = getattr(error, method)()
        except Exception:  # noqa: BLE001 - an exception class without such a method, in Python or in Java
            continue
        if isinstance(name, str):
            return name
    return None


def _trace(error: BaseException, script: str) -> list[dict[str, Any]]:
    frames = [
        {"line": frame.lineno or 0, "function": frame.name, "code": frame.line or ""}
        for frame in traceback.extract_tb(error.__traceback__)
        if frame.filename == script
    ]
    if isinstance(error, SyntaxError) and error.filename == script:
        frames.append({"line": error.lineno or 0, "function": "<module>", "code": (error.text or "").strip()})
    return frames
