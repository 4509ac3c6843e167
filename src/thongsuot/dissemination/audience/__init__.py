"""Who has to hear of a document: found, asked, counted and let go, as sets."""
