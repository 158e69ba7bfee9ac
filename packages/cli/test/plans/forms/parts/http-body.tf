# An HTTP API by a document.
resource "aws_apigatewayv2_api" "main" {
  name          = "orders"
  protocol_type = "HTTP"
  body          = local.document
}

resource "aws_apigatewayv2_stage" "main" {
  api_id      = aws_apigatewayv2_api.main.id
  name        = "$default"
  auto_deploy = true
}
