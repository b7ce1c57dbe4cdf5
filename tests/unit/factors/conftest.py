"""What tests of push factors share: the model that ships, loaded once."""

import numpy as np
import pytest


@pytest.fixture(scope="session")
def embed():
    """The model that ships; a text that it has seen is not worked out again."""
    from feedback.embed import load

    encode, known = load("minilm").encode, {}

    def remembered(texts):
        new = [text for text in dict.fromkeys(texts) if text not in known]
        known.update(zip(new, encode(new), strict=True))
        return np.array([known[text] for text in texts]).reshape(len(texts), -1)

    return remembered
