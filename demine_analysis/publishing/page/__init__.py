"""From an executed notebook to one HTML page that needs nothing beside it and runs nothing."""
