"""Which words are names: by lists, cues, capitals and the language model."""
