# A domain name with two mappings: to an HTTP API that is imported, and to one with an authorizer.
resource "aws_acm_certificate" "names" {
  domain_name       = "*.example.com"
  validation_method = "DNS"
}

resource "aws_acm_certificate_validation" "names" {
  certificate_arn = aws_acm_certificate.names.arn
}

resource "aws_apigatewayv2_domain_name" "api" {
  domain_name = "api.example.com"
  domain_name_configuration {
    certificate_arn = aws_acm_certificate_validation.names.certificate_arn
    endpoint_type   = "REGIONAL"
    security_policy = "TLS_1_2"
  }
  tags = { team = var.changed ? "orders" : "shop" }
}

resource "aws_apigatewayv2_api" "imported" {
  name          = "imported"
  protocol_type = "HTTP"
  version       = var.changed ? "2.0" : "1.0" # as in the body: the provider reads back what was imported
  body = jsonencode({
    openapi = "3.0.1"
    info    = { title = "imported", version = var.changed ? "2.0" : "1.0" }
    paths = {
      for path in concat(["/orders"], var.changed ? ["/carts"] : []) : path => {
        get = {
          x-amazon-apigateway-integration = {
            type                 = "http_proxy"
            httpMethod           = "GET"
            uri                  = "https://backend.example.com${path}"
            payloadFormatVersion = "1.0"
          }
        }
      }
    }
  })
}

resource "aws_apigatewayv2_stage" "imported" {
  api_id      = aws_apigatewayv2_api.imported.id
  name        = "$default"
  auto_deploy = true
}

resource "aws_apigatewayv2_api_mapping" "imported" {
  api_id          = aws_apigatewayv2_api.imported.id
  domain_name     = aws_apigatewayv2_domain_name.api.id
  stage           = aws_apigatewayv2_stage.imported.id
  api_mapping_key = var.changed ? "shop/v2" : "shop/v1"
}

resource "aws_apigatewayv2_api" "guarded" {
  name          = "guarded"
  protocol_type = "HTTP"
}

resource "aws_apigatewayv2_authorizer" "check" {
  api_id                            = aws_apigatewayv2_api.guarded.id
  name                              = var.changed ? "check-again" : "check"
  authorizer_type                   = "REQUEST"
  authorizer_uri                    = "arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-west-1:111122223333:function:check/invocations"
  authorizer_payload_format_version = "2.0"
  authorizer_result_ttl_in_seconds  = var.changed ? 0 : 300
  enable_simple_responses           = true
  identity_sources                  = var.changed ? ["$request.header.X-Key"] : ["$request.header.Authorization"]
}

resource "aws_apigatewayv2_integration" "guarded" {
  api_id             = aws_apigatewayv2_api.guarded.id
  integration_type   = "HTTP_PROXY"
  integration_method = "ANY"
  integration_uri    = "https://backend.example.com/"
}

resource "aws_apigatewayv2_route" "guarded" {
  api_id             = aws_apigatewayv2_api.guarded.id
  route_key          = "GET /guarded"
  target             = "integrations/${aws_apigatewayv2_integration.guarded.id}"
  authorization_type = "CUSTOM"
  authorizer_id      = aws_apigatewayv2_authorizer.check.id
}

resource "aws_apigatewayv2_stage" "guarded" {
  api_id      = aws_apigatewayv2_api.guarded.id
  name        = "prod"
  auto_deploy = true
}

resource "aws_apigatewayv2_api_mapping" "guarded" {
  api_id      = aws_apigatewayv2_api.guarded.id
  domain_name = aws_apigatewayv2_domain_name.api.id
  stage       = aws_apigatewayv2_stage.guarded.id
}
