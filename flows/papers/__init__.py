"""Papers for people who would rather read: an assessment, a scrutiny paper, a page for the board.

`published.py` reads the published file, `assessment.py` and its like lay out a paper as a document
(`document.py`) of sentences, tables and charts (`charts/`), and `writers/` turn it into HTML, DOCX,
XLSX and PDF. Nothing here calculates a figure or words a sentence about one: both come ready from
`rpt_figures` and the other marts.
"""
