# A cluster, whose controller fills the group by a binding that Terraform does not have.
resource "aws_eks_cluster" "main" {
  name     = "orders"
  role_arn = "arn:aws:iam::123456789012:role/orders-cluster"
  vpc_config {
    subnet_ids = aws_subnet.private[*].id
  }
}

resource "aws_eks_node_group" "main" {
  cluster_name    = aws_eks_cluster.main.name
  node_group_name = "orders"
  node_role_arn   = "arn:aws:iam::123456789012:role/orders-node"
  subnet_ids      = aws_subnet.private[*].id
  scaling_config {
    desired_size = 2
    max_size     = 4
    min_size     = 1
  }
}
