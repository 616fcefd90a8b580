"""Whether a household may borrow, under which product, and why: rules over arrays, three-valued."""
