"""Knowledge as data: sources, norms, rules, exercises, each row with a source and a tag."""

from primemover.knowledge.catalogue import Knowledge
from primemover.knowledge.loading import knowledge_sha256, load

__all__ = ["Knowledge", "knowledge_sha256", "load"]
