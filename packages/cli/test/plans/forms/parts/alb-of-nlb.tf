# A network load balancer, behind it an application load balancer, as links of version 1 need it.
resource "aws_lb" "outer" {
  name               = "orders-outer"
  internal           = true
  load_balancer_type = "network"
  subnets            = aws_subnet.private[*].id
}

resource "aws_lb_target_group" "outer" {
  name        = "orders-outer"
  port        = 80
  protocol    = "TCP"
  target_type = "alb"
  vpc_id      = aws_vpc.main.id
  health_check {
    protocol = "HTTP"
    path     = "/health"
  }
}

resource "aws_lb_listener" "outer" {
  load_balancer_arn = aws_lb.outer.arn
  port              = 80
  protocol          = "TCP"
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.outer.arn
  }
}

resource "aws_lb_target_group_attachment" "outer" {
  target_group_arn = aws_lb_target_group.outer.arn
  target_id        = aws_lb.main.arn
  port             = 80
  depends_on       = [aws_lb_listener.http]
}
