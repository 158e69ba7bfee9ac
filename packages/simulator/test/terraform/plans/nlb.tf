# A network load balancer, and a link of version 1.
resource "aws_lb" "shop" {
  name                             = var.variant == "balancer-replaced" ? "shop2" : "shop"
  internal                         = true
  load_balancer_type               = "network"
  subnets                          = [for subnet in aws_subnet.shop : subnet.id]
  enable_cross_zone_load_balancing = true
}

resource "aws_lb_target_group" "shop" {
  name               = "shop"
  port               = 8080
  protocol           = "TCP"
  target_type        = "ip"
  preserve_client_ip = false
  vpc_id             = aws_vpc.shop.id
}

resource "aws_lb_target_group_attachment" "shop" {
  count            = var.variant == "target-removed" ? 0 : 1
  target_group_arn = aws_lb_target_group.shop.arn
  target_id        = aws_network_interface.backend.private_ip
  port             = 8080
}

resource "aws_lb_listener" "shop" {
  load_balancer_arn = aws_lb.shop.arn
  port              = var.variant == "listener-port" ? 81 : 80
  protocol          = "TCP"
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.shop.arn
  }
}

resource "aws_api_gateway_vpc_link" "shop" {
  name        = "shop"
  target_arns = [aws_lb.shop.arn]
}
