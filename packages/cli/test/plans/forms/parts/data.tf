# What a platform team has built, found by names.
data "aws_vpc" "platform" {
  tags = { Name = "orders" }
}

data "aws_subnets" "private" {
  filter {
    name   = "vpc-id"
    values = [data.aws_vpc.platform.id]
  }
}

data "aws_lb" "shared" {
  name = "orders"
}

data "aws_lb_listener" "shared" {
  load_balancer_arn = data.aws_lb.shared.arn
  port              = 80
}

data "aws_security_group" "link" {
  name   = "orders-link"
  vpc_id = data.aws_vpc.platform.id
}

resource "aws_apigatewayv2_vpc_link" "main" {
  name               = "items"
  security_group_ids = [data.aws_security_group.link.id]
  subnet_ids         = data.aws_subnets.private.ids
}

resource "aws_apigatewayv2_api" "items" {
  name          = "items"
  protocol_type = "HTTP"
}

resource "aws_apigatewayv2_integration" "items" {
  api_id             = aws_apigatewayv2_api.items.id
  integration_type   = "HTTP_PROXY"
  integration_method = "ANY"
  integration_uri    = data.aws_lb_listener.shared.arn
  connection_type    = "VPC_LINK"
  connection_id      = aws_apigatewayv2_vpc_link.main.id
}

resource "aws_apigatewayv2_route" "items" {
  api_id    = aws_apigatewayv2_api.items.id
  route_key = "$default"
  target    = "integrations/${aws_apigatewayv2_integration.items.id}"
}

resource "aws_apigatewayv2_stage" "items" {
  api_id      = aws_apigatewayv2_api.items.id
  name        = "$default"
  auto_deploy = true
}
