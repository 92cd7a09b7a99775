"""What calls take and give, as the OpenAPI document has it."""
