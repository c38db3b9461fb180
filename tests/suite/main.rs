//! End-to-end tests through the library and the binary.
