"""A printed page as words with places: lines, columns, ruled tables, margins. Shared by PDF text and recognised scans.

Places are in points (1/72 inch), x from the left edge and y from the *top* edge of the page as a person holds it.
"""
