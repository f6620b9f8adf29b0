"""Spark sessions: one JVM for the whole process, one fresh session for each run."""

import contextlib
from collections.abc import Iterator, Mapping
from typing import Any

from pyspark import SparkConf
from pyspark.sql import SparkSession


def start(settings: Mapping[str, str]) -> SparkSession:
    """Starts the JVM. Settings reach every later session, because they are settings of its context."""
    conf = SparkConf().setMaster("local[2]").setAppName("reglue").setAll(list(settings.items()))
    spark = SparkSession.builder.config(conf=conf).getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    jvm: Any = spark.sparkContext._jvm
    jvm.functions = Remembered(jvm.functions)
    return spark


class Remembered:
    """A Java class each of whose static methods is asked for once.

    PySpark looks every function up again each time that a script calls it, which is two questions to the JVM beside the
    call itself: most of what a script of many columns takes before Spark does any work.
    """

    def __init__(self, java_class: Any) -> None:
        self._java_class = java_class

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._java_class, name)
        setattr(self, name, method)
        return method


@contextlib.contextmanager
def fresh(root: SparkSession, settings: Mapping[str, str]) -> Iterator[SparkSession]:
    """A session without views, settings and cached frames of earlier runs, and the one that `getOrCreate` finds."""
    spark = root.newSession()
    try:
        _install(spark)
        for name, value in settings.items():
            spark.conf.set(name, value)
        yield spark
    finally:
        if is_alive(root):
            spark.catalog.clearCache()
            _install(root)


def is_alive(spark: SparkSession) -> bool:
    """Whether a script has stopped the context, after which nothing runs in this process any more."""
    context: Any = spark.sparkContext
    return context._jsc is not None and not context._jsc.sc().isStopped()


def _install(spark: Any) -> None:
    SparkSession._instantiatedSession = spark
    # Spark 4 moved the class with these static methods, and tells where it is.
    locate = getattr(SparkSession, "_get_j_spark_session_class", None)
    java_class = locate(spark._jvm) if locate else spark._jvm.org.apache.spark.sql.SparkSession
    java_class.setDefaultSession(spark._jsparkSession)
    java_class.setActiveSession(spark._jsparkSession)
