"""Pictures inside files of word processors: gathered by their readers, looked at for stamps in a process apart."""
