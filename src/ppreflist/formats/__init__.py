"""Other formats <-> the model, pure: one file a format."""
