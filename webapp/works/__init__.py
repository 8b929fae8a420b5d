"""Room: public works, for everyone to follow and for their agencies to keep."""
