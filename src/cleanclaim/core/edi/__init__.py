"""Claims and remittances on the wire: plain records to typed X12 and back."""
