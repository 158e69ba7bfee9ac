# The link, and the backend behind the load balancer.
resource "aws_apigatewayv2_vpc_link" "shop" {
  name               = "shop"
  subnet_ids         = values(aws_subnet.shop)[*].id
  security_group_ids = [var.variant == "link-replaced" ? aws_security_group.other.id : aws_security_group.link.id]
  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_security_group" "other" {
  name   = "other"
  vpc_id = aws_vpc.shop.id
}

resource "aws_vpc_security_group_egress_rule" "other" {
  security_group_id = aws_security_group.other.id
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "-1"
}

resource "aws_lb_target_group" "shop" {
  name        = var.variant == "group-replaced" ? "shop2" : "shop"
  port        = 8080
  protocol    = "HTTP"
  target_type = "ip"
  vpc_id      = aws_vpc.shop.id
  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_lb_target_group_attachment" "shop" {
  target_group_arn = aws_lb_target_group.shop.arn
  target_id        = aws_network_interface.backend.private_ip
  port             = 8080
}
