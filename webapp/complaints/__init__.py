"""Room: complaints."""
