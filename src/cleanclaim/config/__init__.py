"""How the product is put together: settings, addresses, start-up, the command line."""
