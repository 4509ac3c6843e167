"""What belongs to sessions: their code on a screen, agenda, calendar file, minutes and lists of meeting systems."""
