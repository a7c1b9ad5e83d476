"""The parts that papers are put together from; each adds its blocks, or says what is missing."""
