"""Labels of a collection: where they come from, models trained on them, what people say of documents."""
