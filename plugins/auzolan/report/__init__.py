"""Findings come in; what a person reads goes out, or what a machine does: one record of a finding serves every format."""

from __future__ import annotations

from auzolan.report.words import LONGEST, WIDEST, describe, report, sentence, summary, visible

__all__ = ["LONGEST", "WIDEST", "describe", "report", "sentence", "summary", "visible"]
