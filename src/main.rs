//! Mounts the page. Everything it shows lives in the library, so that tests can reach it.

fn main() {}
