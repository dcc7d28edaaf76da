"""The privacy capability: policy files, grants, the public page and its evidence."""
