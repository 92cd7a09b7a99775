"""What the SSC's part can be filled with to try it, on the example CPL alone: all of it is invented."""
