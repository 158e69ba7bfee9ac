# Things that are created on request, and named by what may be there.
variable "create" {
  type    = bool
  default = true
}

resource "aws_apigatewayv2_vpc_link" "main" {
  count              = var.create ? 1 : 0
  name               = "orders"
  security_group_ids = compact([try(aws_security_group.link.id, null), ""])
  subnet_ids         = slice(aws_subnet.private[*].id, 0, 2)
}

resource "aws_apigatewayv2_api" "main" {
  count         = var.create ? 1 : 0
  name          = "orders"
  protocol_type = "HTTP"
}

resource "aws_apigatewayv2_integration" "main" {
  count              = var.create ? 1 : 0
  api_id             = one(aws_apigatewayv2_api.main[*].id)
  integration_type   = "HTTP_PROXY"
  integration_method = "ANY"
  integration_uri    = try(aws_lb_listener.http.arn, null)
  connection_type    = "VPC_LINK"
  connection_id      = element(concat(aws_apigatewayv2_vpc_link.main[*].id, [""]), 0)
}

resource "aws_apigatewayv2_route" "main" {
  count     = var.create ? 1 : 0
  api_id    = join("", aws_apigatewayv2_api.main[*].id)
  route_key = "ANY /{proxy+}"
  target    = "integrations/${aws_apigatewayv2_integration.main[0].id}"
}

resource "aws_apigatewayv2_stage" "main" {
  count       = var.create ? 1 : 0
  api_id      = aws_apigatewayv2_api.main[0].id
  name        = "$default"
  auto_deploy = true
}
