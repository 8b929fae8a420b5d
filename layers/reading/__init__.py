"""Outside files on their way in: their format, what their columns mean, which rows are right, how they are written."""
