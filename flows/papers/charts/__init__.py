"""Charts as Vega-Lite, drawn by vl-convert without a browser or a network."""
