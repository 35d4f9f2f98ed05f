"""What is in a build and under which licences, and how a release of it is signed."""
