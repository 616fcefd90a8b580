"""Answers kept by key, so that a request that is sent again does not do its work again."""
