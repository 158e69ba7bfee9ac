# A WebSocket API with responses and a model, and a REST API with a domain name of V1.
resource "aws_apigatewayv2_api" "chat" {
  name                       = "chat"
  protocol_type              = "WEBSOCKET"
  route_selection_expression = "$request.body.action"
}

resource "aws_apigatewayv2_integration" "chat" {
  api_id             = aws_apigatewayv2_api.chat.id
  integration_type   = "HTTP"
  integration_method = "POST"
  integration_uri    = "https://backend.example.com/join"
}

resource "aws_apigatewayv2_integration_response" "chat" {
  api_id                        = aws_apigatewayv2_api.chat.id
  integration_id                = aws_apigatewayv2_integration.chat.id
  integration_response_key      = "/200/"
  content_handling_strategy     = var.changed ? "CONVERT_TO_TEXT" : null
  template_selection_expression = var.changed ? "$integration.response.body.kind" : null
  response_templates            = { "application/json" = var.changed ? "changed" : "joined" }
}

resource "aws_apigatewayv2_model" "chat" {
  api_id       = aws_apigatewayv2_api.chat.id
  name         = "Message"
  content_type = "application/json"
  schema       = jsonencode({ type = "object", required = var.changed ? ["text", "room"] : ["text"] })
}

resource "aws_apigatewayv2_route" "chat" {
  api_id                              = aws_apigatewayv2_api.chat.id
  route_key                           = "join"
  target                              = "integrations/${aws_apigatewayv2_integration.chat.id}"
  route_response_selection_expression = "$default"
}

resource "aws_apigatewayv2_route_response" "chat" {
  api_id             = aws_apigatewayv2_api.chat.id
  route_id           = aws_apigatewayv2_route.chat.id
  route_response_key = "$default"
  response_models    = { "application/json" = aws_apigatewayv2_model.chat.name }
}

resource "aws_api_gateway_rest_api" "shop" {
  name = "shop"
  body = yamlencode({
    openapi = "3.0.1"
    info    = { title = "shop", version = "1.0" }
    paths = {
      "/orders" = {
        get = {
          responses = { "200" = { description = "orders" } }
          x-amazon-apigateway-integration = {
            type       = "http_proxy"
            httpMethod = "GET"
            uri        = "https://backend.example.com/orders"
          }
        }
      }
    }
  })
  endpoint_configuration {
    types = ["REGIONAL"]
  }
}

resource "aws_api_gateway_deployment" "shop" {
  rest_api_id = aws_api_gateway_rest_api.shop.id
}

resource "aws_api_gateway_stage" "shop" {
  rest_api_id   = aws_api_gateway_rest_api.shop.id
  deployment_id = aws_api_gateway_deployment.shop.id
  stage_name    = "prod"
}

resource "aws_api_gateway_domain_name" "rest" {
  domain_name              = "rest.example.com"
  regional_certificate_arn = aws_acm_certificate_validation.names.certificate_arn
  security_policy          = "TLS_1_2"
  endpoint_configuration {
    types = ["REGIONAL"]
  }
}

resource "aws_api_gateway_base_path_mapping" "rest" {
  api_id      = aws_api_gateway_rest_api.shop.id
  stage_name  = aws_api_gateway_stage.shop.stage_name
  domain_name = aws_api_gateway_domain_name.rest.domain_name
  base_path   = var.changed ? "orders" : "shop"
}
