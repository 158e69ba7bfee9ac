# Routes of a map over one integration.
locals {
  routes = {
    orders = { method = "ANY", path = "/orders/{proxy+}" }
    items  = { method = "GET", path = "/items/{id}" }
  }
}

resource "aws_apigatewayv2_api" "main" {
  name          = "shop"
  protocol_type = "HTTP"
  cors_configuration {
    allow_methods = ["*"]
    allow_origins = ["https://shop.example.com"]
  }
}

resource "aws_apigatewayv2_integration" "balancer" {
  api_id             = aws_apigatewayv2_api.main.id
  integration_type   = "HTTP_PROXY"
  integration_method = "ANY"
  integration_uri    = aws_lb_listener.http.arn
  connection_type    = "VPC_LINK"
  connection_id      = aws_apigatewayv2_vpc_link.main.id
}

resource "aws_apigatewayv2_route" "each" {
  for_each  = local.routes
  api_id    = aws_apigatewayv2_api.main.id
  route_key = "${each.value.method} ${each.value.path}"
  target    = "integrations/${aws_apigatewayv2_integration.balancer.id}"
}

resource "aws_apigatewayv2_stage" "main" {
  api_id      = aws_apigatewayv2_api.main.id
  name        = "$default"
  auto_deploy = true
}
