"""The application form over a few pages, with the validation of the JSON interface."""
