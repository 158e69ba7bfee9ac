# An application load balancer, and a link of version 2.
resource "aws_security_group" "link" {
  name   = "link"
  vpc_id = aws_vpc.shop.id
}

resource "aws_vpc_security_group_egress_rule" "link" {
  security_group_id = aws_security_group.link.id
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "-1"
}

resource "aws_security_group" "balancer" {
  name   = "balancer"
  vpc_id = aws_vpc.shop.id
}

# Rules in the group itself, in place of those of the other one.
resource "aws_security_group" "inline" {
  count  = startswith(var.variant, "inline") ? 1 : 0
  name   = "inline"
  vpc_id = aws_vpc.shop.id
  ingress {
    protocol        = "tcp"
    from_port       = endswith(var.variant, "-broken") ? 443 : 80
    to_port         = endswith(var.variant, "-broken") ? 443 : 80
    security_groups = [aws_security_group.link.id]
  }
  egress {
    protocol    = "-1"
    from_port   = 0
    to_port     = 0
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_vpc_security_group_egress_rule" "balancer" {
  security_group_id = aws_security_group.balancer.id
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "-1"
}

resource "aws_lb" "shop" {
  name               = "shop"
  internal           = true
  load_balancer_type = "application"
  subnets            = [for subnet in aws_subnet.shop : subnet.id]
  security_groups    = startswith(var.variant, "inline") ? aws_security_group.inline[*].id : [aws_security_group.balancer.id]
}

resource "aws_lb_listener" "shop" {
  load_balancer_arn = aws_lb.shop.arn
  port              = 80
  protocol          = "HTTP"
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.shop.arn
  }
}

resource "aws_apigatewayv2_api" "shop" {
  name          = "shop"
  protocol_type = "HTTP"
}

resource "aws_apigatewayv2_integration" "orders" {
  api_id             = aws_apigatewayv2_api.shop.id
  integration_type   = "HTTP_PROXY"
  integration_method = "ANY"
  integration_uri    = aws_lb_listener.shop.arn
  connection_type    = "VPC_LINK"
  connection_id      = aws_apigatewayv2_vpc_link.shop.id
}

resource "aws_apigatewayv2_route" "orders" {
  api_id    = aws_apigatewayv2_api.shop.id
  route_key = "ANY /orders/{proxy+}"
  target    = "integrations/${aws_apigatewayv2_integration.orders.id}"
}

resource "aws_apigatewayv2_stage" "default" {
  api_id      = aws_apigatewayv2_api.shop.id
  name        = "$default"
  auto_deploy = true
}

output "host" {
  value = "${aws_apigatewayv2_api.shop.id}.execute-api.${local.region}.amazonaws.com"
}
