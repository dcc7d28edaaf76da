"""The workbench: pages for the people of the billing company, drawn from page records."""
