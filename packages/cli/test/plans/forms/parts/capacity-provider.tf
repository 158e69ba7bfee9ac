resource "aws_ecs_capacity_provider" "machines" {
  name = "orders"
  auto_scaling_group_provider {
    auto_scaling_group_arn = aws_autoscaling_group.machines.arn
    managed_scaling {
      status          = "ENABLED"
      target_capacity = 100
    }
  }
}

resource "aws_ecs_cluster_capacity_providers" "main" {
  cluster_name       = aws_ecs_cluster.main.name
  capacity_providers = [aws_ecs_capacity_provider.machines.name]
  default_capacity_provider_strategy {
    capacity_provider = aws_ecs_capacity_provider.machines.name
    weight            = 1
  }
}
