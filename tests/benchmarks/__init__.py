"""Benchmarks: our stations beside their peers, one after another in one process, on the same text.

``python -m tests.benchmarks [name …]`` runs every module here that has a ``run()``, or those named.
"""
