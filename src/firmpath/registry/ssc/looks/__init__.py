"""Who looked at what: logged before anything is shown, and read by the SSC itself."""
