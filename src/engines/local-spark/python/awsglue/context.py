"""The Glue context: a way to the Spark session, and a logger."""

import logging

from pyspark import SparkContext
from pyspark.sql import SparkSession


class GlueContext:
    """Takes a SparkContext or a SparkSession, as Glue's own does."""

    def __init__(self, sparkContext: SparkContext | SparkSession, **_options: object) -> None:
        session = sparkContext if isinstance(sparkContext, SparkSession) else SparkSession.builder.getOrCreate()
        self.spark_session: SparkSession = session

    def get_logger(self) -> "GlueLogger":
        """A logger with the method names of Glue's."""
        return GlueLogger()


class GlueLogger:
    """Glue's logger is the JVM's: info, warn, error, debug, each with one text."""

    def __init__(self) -> None:
        self._log = logging.getLogger("glue")

    def info(self, message: str) -> None:
        self._log.info(message)

    def warn(self, message: str) -> None:
        self._log.warning(message)

    def error(self, message: str) -> None:
        self._log.error(message)

    def debug(self, message: str) -> None:
        self._log.debug(message)
