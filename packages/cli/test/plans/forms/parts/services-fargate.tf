# Services of a map, each with its group of targets, rule and tasks.
variable "services" {
  type = map(object({ port = number, priority = number, count = number }))
  default = {
    orders = { port = 8080, priority = 10, count = 2 }
    items  = { port = 8080, priority = 20, count = 1 }
  }
}

resource "aws_lb" "main" {
  name            = "shared"
  internal        = true
  security_groups = [aws_security_group.balancer.id]
  subnets         = [for one in aws_subnet.private : one.id]
}

resource "aws_lb_listener" "http" {
  load_balancer_arn = aws_lb.main.arn
  port              = 80
  default_action {
    type = "fixed-response"
    fixed_response {
      content_type = "text/plain"
      status_code  = "404"
    }
  }
}

resource "aws_lb_target_group" "each" {
  for_each    = var.services
  name        = "shop-${each.key}"
  port        = each.value.port
  protocol    = "HTTP"
  target_type = "ip"
  vpc_id      = aws_vpc.main.id
}

resource "aws_lb_listener_rule" "each" {
  for_each     = var.services
  listener_arn = aws_lb_listener.http.arn
  priority     = each.value.priority
  action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.each[each.key].arn
  }
  condition {
    path_pattern {
      values = ["/${each.key}/*"]
    }
  }
}

resource "aws_ecs_cluster" "main" {
  name = "shop"
}

resource "aws_ecs_task_definition" "each" {
  for_each                 = var.services
  family                   = "shop-${each.key}"
  network_mode             = "awsvpc"
  requires_compatibilities = ["FARGATE"]
  cpu                      = 256
  memory                   = 512
  execution_role_arn       = aws_iam_role.execution.arn
  container_definitions = jsonencode([{
    name         = each.key
    image        = "public.ecr.aws/example/${each.key}:latest"
    essential    = true
    portMappings = [{ containerPort = each.value.port }]
  }])
}

resource "aws_ecs_service" "each" {
  for_each        = var.services
  name            = each.key
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.each[each.key].arn
  desired_count   = each.value.count
  launch_type     = "FARGATE"
  network_configuration {
    subnets         = [for one in aws_subnet.private : one.id]
    security_groups = [aws_security_group.tasks.id]
  }
  load_balancer {
    target_group_arn = aws_lb_target_group.each[each.key].arn
    container_name   = each.key
    container_port   = each.value.port
  }
  depends_on = [aws_lb_listener_rule.each]
}
