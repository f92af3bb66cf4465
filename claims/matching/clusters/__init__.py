"""A batch of wordings joined to clusters: read, scored in near pairs, and joined along the best of them."""

from claims.matching.clusters.batch import Batch, words_of
from claims.matching.clusters.joining import Clusters, unseen
from claims.matching.clusters.links import Link

__all__ = ["Batch", "Clusters", "Link", "unseen", "words_of"]
