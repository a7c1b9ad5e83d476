"""The demo: a synthetic inbox of the whole West Midlands force, made from a seed.

Everything here is made up. Only sums that partnerships printed about themselves
(`published_counts`) are held to, so that the way from supplier to scorecard can be compared with
what was published. No name, address or other detail of a person is drawn, real or invented.
"""
