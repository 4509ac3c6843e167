"""The demonstration place: invented units, people, papers and what became of them."""
