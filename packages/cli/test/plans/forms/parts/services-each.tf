# Services of a map: a group, a rule and a machine each.
variable "services" {
  type = map(object({ port = number, priority = number, address = string }))
  default = {
    orders = { port = 8080, priority = 10, address = "10.40.0.50" }
    items  = { port = 8081, priority = 20, address = "10.40.0.51" }
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

resource "aws_network_interface" "each" {
  for_each        = var.services
  subnet_id       = aws_subnet.private[0].id
  private_ips     = [each.value.address]
  security_groups = [aws_security_group.tasks.id]
}

resource "aws_lb_target_group_attachment" "each" {
  for_each         = var.services
  target_group_arn = aws_lb_target_group.each[each.key].arn
  target_id        = each.value.address
  depends_on       = [aws_network_interface.each]
}
