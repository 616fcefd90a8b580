"""The application form over a few pages: one question list, one validation with the JSON interface."""
