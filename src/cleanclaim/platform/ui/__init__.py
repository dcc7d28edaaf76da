"""How every page looks: tokens, sheets, sprites, parts and shells, without a billing word."""
