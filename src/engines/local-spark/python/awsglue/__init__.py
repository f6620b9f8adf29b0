"""A small stand-in for AWS Glue's Python library, written from its documented behaviour.

It has what generated scripts use in ``main`` and nothing more: options, the context, the job.
"""
