"""The audit of a draft report: its figures against each other, and against the publication.

`draft.py` reads the file into passages, `marks.py` finds what a sentence is made of (numbers,
periods, areas, indicators, words of change), `claims.py` puts them together to claims.
`consistency.py` and `against_publication.py` judge these, and `annotated.py` writes the copy with
remarks. Vocabulary and sentence patterns are data: `vocabulary.toml`, which a data folder can
extend.
"""
