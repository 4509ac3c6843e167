"""Guards of what people answer without their name: which questions, whose they are, which totals may stand together."""
