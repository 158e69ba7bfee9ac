# An internal application load balancer with one listener.
resource "aws_lb" "main" {
  name               = "orders"
  internal           = true
  load_balancer_type = "application"
  security_groups    = [aws_security_group.balancer.id]
  subnets            = aws_subnet.private[*].id
}

resource "aws_lb_target_group" "main" {
  name        = "orders"
  port        = 8080
  protocol    = "HTTP"
  target_type = "ip"
  vpc_id      = aws_vpc.main.id
  health_check {
    path    = "/health"
    matcher = "200-299"
  }
}

resource "aws_lb_listener" "http" {
  load_balancer_arn = aws_lb.main.arn
  port              = 80
  protocol          = "HTTP"
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.main.arn
  }
}
