"""What people read, in their language: catalogues of texts by key, English where one is missing."""

from primemover.words.catalogue import say, word
from primemover.words.languages import ENGLISH, language, languages, lower_first, using

__all__ = ["ENGLISH", "language", "languages", "lower_first", "say", "using", "word"]
