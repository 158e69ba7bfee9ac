# A balancer that several services share: what no rule matches is answered by itself.
resource "aws_lb" "main" {
  name            = "shared"
  internal        = true
  security_groups = [aws_security_group.balancer.id]
  subnets         = [for one in aws_subnet.private : one.id]
}

resource "aws_lb_listener" "http" {
  load_balancer_arn = aws_lb.main.arn
  port              = "80"
  protocol          = "HTTP"
  default_action {
    type = "fixed-response"
    fixed_response {
      content_type = "text/plain"
      message_body = "no such service"
      status_code  = "404"
    }
  }
}

resource "aws_lb_target_group" "main" {
  name_prefix = "ord-"
  port        = 8080
  protocol    = "HTTP"
  target_type = "ip"
  vpc_id      = aws_vpc.main.id
  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_lb_listener_rule" "main" {
  listener_arn = aws_lb_listener.http.arn
  priority     = 10
  action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.main.arn
  }
  condition {
    path_pattern {
      values = ["/orders", "/orders/*"]
    }
  }
}
