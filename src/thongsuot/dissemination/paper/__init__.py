"""Paper as an equal channel: sheets to sign, and what comes back of them."""
