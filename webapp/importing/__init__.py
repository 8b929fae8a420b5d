"""Room: importing, where clerks bring files into layers."""
