# A module of a service: its group, its target group and its rule of a listener that is given.
variable "name" {
  type = string
}

variable "paths" {
  type    = list(string)
  default = ["/orders*"]
}

variable "vpc_id" {
  type = string
}

variable "subnets" {
  type = list(string)
}

variable "balancer_group" {
  type = string
}

variable "listener_arn" {
  type = string
}

variable "port" {
  type    = number
  default = 8080
}

variable "desired_count" {
  type    = number
  default = 1
}

variable "execution_role_arn" {
  type = string
}

resource "aws_ecs_cluster" "this" {
  name = var.name
}

resource "aws_security_group" "tasks" {
  name   = "${var.name}-service"
  vpc_id = var.vpc_id
}

resource "aws_security_group_rule" "in" {
  type                     = "ingress"
  security_group_id        = aws_security_group.tasks.id
  source_security_group_id = var.balancer_group
  protocol                 = "tcp"
  from_port                = var.port
  to_port                  = var.port
}

resource "aws_security_group_rule" "out" {
  type              = "egress"
  security_group_id = aws_security_group.tasks.id
  protocol          = "-1"
  from_port         = 0
  to_port           = 0
  cidr_blocks       = ["0.0.0.0/0"]
}

resource "aws_lb_target_group" "this" {
  name        = var.name
  port        = var.port
  protocol    = "HTTP"
  target_type = "ip"
  vpc_id      = var.vpc_id
}

resource "aws_lb_listener_rule" "this" {
  listener_arn = var.listener_arn
  priority     = 100
  action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.this.arn
  }
  condition {
    path_pattern {
      values = var.paths
    }
  }
}

resource "aws_ecs_task_definition" "this" {
  family                   = var.name
  network_mode             = "awsvpc"
  requires_compatibilities = ["FARGATE"]
  cpu                      = "256"
  memory                   = "512"
  execution_role_arn       = var.execution_role_arn
  container_definitions = jsonencode([{
    name         = var.name
    image        = "public.ecr.aws/example/${var.name}:latest"
    essential    = true
    portMappings = [{ containerPort = var.port }]
  }])
}

resource "aws_ecs_service" "this" {
  name            = var.name
  cluster         = aws_ecs_cluster.this.arn
  task_definition = aws_ecs_task_definition.this.arn
  desired_count   = var.desired_count
  launch_type     = "FARGATE"

  network_configuration {
    subnets         = var.subnets
    security_groups = [aws_security_group.tasks.id]
  }

  load_balancer {
    target_group_arn = aws_lb_target_group.this.arn
    container_name   = var.name
    container_port   = var.port
  }

  depends_on = [aws_lb_listener_rule.this]
}
