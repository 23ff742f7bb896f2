"""Knowledge as data: sources, norms, rules, exercises, each row with a source and a tag."""

from primemover.knowledge.loading import Knowledge, knowledge_sha256, load

__all__ = ["Knowledge", "knowledge_sha256", "load"]
