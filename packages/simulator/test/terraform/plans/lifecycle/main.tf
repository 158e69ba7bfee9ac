# Blocks that are about the state: `moved`, `removed`, `import`. The rule of the load balancer is in a file of its own.
resource "terraform_data" "changed" {
  input = var.variant
}
