"""The scorecard site: static pages of what is published, for a folder or any web server.

Pages hold rows of `rpt_figures` and other marts as they are published; nothing is calculated here.
They fetch nothing from elsewhere, and work without JavaScript: a script adds the switch between
periods, the search and the sorting.
"""
