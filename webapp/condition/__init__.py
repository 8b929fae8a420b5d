"""How good the roads are, and who has looked: kemantapan, and the surveys of each road."""
