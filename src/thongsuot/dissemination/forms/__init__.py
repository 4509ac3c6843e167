"""What people fill in, a file for each page or group of pages."""
