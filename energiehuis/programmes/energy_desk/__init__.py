"""The energy desk beside the loan: questions, scans, coaching, group purchases, rental premises."""
