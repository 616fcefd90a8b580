"""The law as dated data: products, thresholds, grounds, conditions and works, each with a source.

Nothing here decides about a household; `energiehuis.eligibility` does, with what stands here.
"""
