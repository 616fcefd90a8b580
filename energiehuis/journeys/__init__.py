"""The way of a household through the programmes, as far as who asks may see it."""
