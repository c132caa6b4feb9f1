"""From records to a collection: batches, commits, forecasts."""
