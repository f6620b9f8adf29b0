"""Job arguments, as "Accessing parameters using getResolvedOptions" in the AWS Glue developer guide describes them."""

import argparse
from collections.abc import Sequence
from typing import NoReturn

# Arguments that AWS Glue sets for itself; a script may not ask for them.
RESERVED = (
    "job-bookmark-option",
    "continuation-option",
    "job-bookmark-from",
    "job-bookmark-to",
    "JOB_ID",
    "JOB_RUN_ID",
    "SECURITY_CONFIGURATION",
    "encryption-type",
    "enable-data-lineage",
)


class GlueArgumentError(Exception):
    """An argument that the script asked for is missing or malformed."""


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise GlueArgumentError(message)


def getResolvedOptions(args: Sequence[str], options: Sequence[str]) -> dict[str, str | None]:
    """Every option is demanded; arguments that nobody asked for are ignored; values are texts.

    Abbreviations are not taken: Glue up to 5.x allows them, 6.0 does not, so a script must not rely on them.
    """
    taken = [name for name in options if name in RESERVED]
    if taken:
        raise RuntimeError(f"Using reserved arguments {taken}")
    parser = _Parser(allow_abbrev=False, add_help=False)
    for name in dict.fromkeys(options):
        parser.add_argument(f"--{name}", required=True)
    known, _ = parser.parse_known_args(list(args[1:]))
    reserved: dict[str, str | None] = {name.replace("-", "_"): None for name in RESERVED}
    return {**reserved, "job_bookmark_option": "job-bookmark-disable", **vars(known)}
