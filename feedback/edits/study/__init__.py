"""A whole study, part by part: what each part says, what the names are, how each part is masked."""
