# A WebSocket API.
resource "aws_apigatewayv2_api" "shop" {
  name                       = "shop"
  protocol_type              = "WEBSOCKET"
  route_selection_expression = "$request.body.action"
}

resource "aws_apigatewayv2_integration" "connect" {
  api_id             = aws_apigatewayv2_api.shop.id
  integration_type   = "HTTP_PROXY"
  integration_method = "POST"
  integration_uri    = "http://shop.example.com:${var.variant == "uri-port" ? 81 : 80}/connect"
  connection_type    = "VPC_LINK"
  connection_id      = aws_api_gateway_vpc_link.shop.id
}

resource "aws_apigatewayv2_route" "connect" {
  api_id    = aws_apigatewayv2_api.shop.id
  route_key = "$connect"
  target    = "integrations/${aws_apigatewayv2_integration.connect.id}"
}

resource "aws_apigatewayv2_stage" "prod" {
  api_id      = aws_apigatewayv2_api.shop.id
  name        = "prod"
  auto_deploy = true
}

output "host" {
  value = "${aws_apigatewayv2_api.shop.id}.execute-api.eu-west-1.amazonaws.com"
}
