"""Articles about one event, clustered as they come."""
