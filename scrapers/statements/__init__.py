"""Statements in a text: who said what, in which words, and as what the outlet presents it.

find returns them as spans of the text, drafts as what intake stores. Rules find them, one sentence at a time, and a
trained model upon the rules; each language is a folder of its own.
"""

from scrapers.statements.drafting import drafts
from scrapers.statements.finding import find
from scrapers.statements.spans import Span, Statement

__all__ = ["Span", "Statement", "drafts", "find"]
