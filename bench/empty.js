// An empty module: what loading any module costs.
