"""Spark sessions: one JVM for the whole process, one fresh session for each run."""

import contextlib
from collections.abc import Iterator, Mapping
from typing import Any

from py4j.java_gateway import JavaClass, JavaMember, JavaPackage, JVMView
from pyspark import SparkConf
from pyspark.sql import SparkSession


def start(settings: Mapping[str, str]) -> SparkSession:
    """Starts the JVM. Settings reach every later session, because they are settings of its context."""
    conf = SparkConf().setMaster("local[2]").setAppName("reglue").setAll(list(settings.items()))
    spark = SparkSession.builder.config(conf=conf).getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    for kind in (JVMView, JavaPackage, JavaClass):
        _remember_names(kind)
    return spark


def _remember_names(kind: type) -> None:
    """Packages, classes and methods of Java are looked up once for each name.

    PySpark writes `jvm.org.apache…` out for nearly each column that a script makes. Each part of it is a question to the
    JVM, which looks through all of its jars before it knows that `org` is no class.
    """
    ask = kind.__getattr__

    def remembered(self: Any, name: str) -> Any:
        found = ask(self, name)
        if isinstance(found, (JavaPackage, JavaClass, JavaMember)):
            vars(self)[name] = found
        return found

    kind.__getattr__ = remembered


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
