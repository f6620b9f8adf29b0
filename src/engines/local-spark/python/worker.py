"""The process that runs generated scripts on Spark: started by Reglue, spoken to over descriptors 3 and 4."""

import importlib.util
import json
import os
import resource
import sys
import time
from types import ModuleType
from typing import Any

import columns
import session
from channel import Channel
from computed import ComputedPaths
from effects import EffectLog, Helper
from failure import describe
from moved import move_paths
from output import captured
from redirect import Tables, begin_with, redirected, stand_in

MODULE = "reglue_generated_script"


def main() -> None:
    """Starts Spark, says so, and serves requests until the other side is gone."""
    settings: dict[str, Any] = json.loads(sys.argv[1])
    if settings["ownNetwork"]:
        _raise_loopback()
    _limit(resource.RLIMIT_FSIZE, settings["fileBytes"])
    channel = Channel()
    spark = session.start(settings["spark"])
    # Only now: the JVM, which this process has started, reserves far more addresses than it uses.
    _limit(resource.RLIMIT_AS, settings["pythonBytes"])
    channel.send({"ready": {"spark": spark.version, "python": sys.version.split()[0]}})
    for request in channel:
        channel.send({"id": request["id"], **_serve(spark, request), "usable": session.is_alive(spark)})


def _serve(spark: Any, request: dict[str, Any]) -> dict[str, Any]:
    started = time.perf_counter()
    if request["kind"] == "columns":
        with session.fresh(spark, {}) as fresh:
            answer: dict[str, Any] = {"sets": columns.evaluate(fresh, request["sets"], request["prelude"])}
    else:
        answer = _run(spark, request)
    return {**answer, "seconds": time.perf_counter() - started}


def _run(root: Any, request: dict[str, Any]) -> dict[str, Any]:
    """Runs a script's `main` as AWS Glue would, with the world replaced as far as the request says."""
    script: str = request["script"]
    log = EffectLog()
    failure: dict[str, Any] | None = None
    kept = (sys.argv, os.getcwd(), dict(os.environ))
    with captured() as (out, err):
        try:
            with session.fresh(root, request["sparkConf"]) as spark:
                tables = Tables(spark, request["tables"], request["shuffle"], log)
                helpers = [Helper(fixture, log, spark) for fixture in request["helpers"]]
                sys.argv = [script, *request["argv"]]
                with redirected(tables, ComputedPaths(request["computed"], log), log):
                    module = _load(script)
                    stand_in(module, tables)
                    begin_with(module, request["variables"])
                    move_paths(module, request["moved"])
                    for helper in helpers:
                        helper.replace(module)
                    module.main(sys.argv)
        except SystemExit as stop:
            if stop.code not in (None, 0):
                failure = describe(stop, script)
        except BaseException as error:  # noqa: BLE001 - a script may raise anything, and this process must go on
            failure = describe(error, script)
        finally:
            sys.argv, folder, environment = kept
            os.chdir(folder)
            os.environ.clear()
            os.environ.update(environment)
            sys.modules.pop(MODULE, None)
    return {"failure": failure, "effects": log.effects, "stdout": out.getvalue(), "stderr": err.getvalue()}


def _load(script: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(MODULE, script)
    if spec is None or spec.loader is None:
        raise ImportError(f"{script} is not a Python file")
    module = importlib.util.module_from_spec(spec)
    sys.modules[MODULE] = module
    spec.loader.exec_module(module)
    return module


def _limit(what: int, amount: int) -> None:
    _, hard = resource.getrlimit(what)
    resource.setrlimit(what, (amount if hard == resource.RLIM_INFINITY else min(amount, hard), hard))


def _raise_loopback() -> None:
    """In a network of its own even the loopback device is down, and Python talks with the JVM over it."""
    import fcntl
    import socket
    import struct

    set_flags, up_and_running = 0x8914, 0x1 | 0x40
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
        fcntl.ioctl(control, set_flags, struct.pack("16sh", b"lo", up_and_running))


if __name__ == "__main__":
    main()
