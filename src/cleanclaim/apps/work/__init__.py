"""Work items: what a person must look at, from whatever step it comes."""
