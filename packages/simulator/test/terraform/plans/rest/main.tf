# A REST API by resources, or by a document.
locals {
  by_body = startswith(var.variant, "body")
  port    = contains(["uri-port", "uri-port-not-deployed", "body-port"], var.variant) ? 81 : 80
  backend = {
    type              = "http_proxy"
    httpMethod        = "ANY"
    connectionType    = "VPC_LINK"
    connectionId      = aws_api_gateway_vpc_link.shop.id
    uri               = "http://shop.example.com:${local.port}/orders"
    requestParameters = {}
  }
  body = jsonencode({
    openapi = "3.0.1"
    info    = { title = "shop", version = "1" }
    paths = merge(
      { "/orders" = { "x-amazon-apigateway-any-method" = { "x-amazon-apigateway-integration" = local.backend } } },
      var.variant == "body-more" ? { "/items" = { get = { "x-amazon-apigateway-integration" = local.backend } } } : {},
    )
  })
}

resource "aws_api_gateway_rest_api" "shop" {
  name = "shop"
  body = local.by_body ? local.body : null
}

resource "aws_api_gateway_resource" "orders" {
  count       = local.by_body ? 0 : 1
  rest_api_id = aws_api_gateway_rest_api.shop.id
  parent_id   = aws_api_gateway_rest_api.shop.root_resource_id
  path_part   = "orders"
}

resource "aws_api_gateway_method" "orders" {
  for_each      = local.by_body ? [] : toset(var.variant == "method-added" ? ["GET", "POST"] : ["GET"])
  rest_api_id   = aws_api_gateway_rest_api.shop.id
  resource_id   = aws_api_gateway_resource.orders[0].id
  http_method   = each.key
  authorization = "NONE"
}

resource "aws_api_gateway_integration" "orders" {
  for_each                = aws_api_gateway_method.orders
  rest_api_id             = aws_api_gateway_rest_api.shop.id
  resource_id             = each.value.resource_id
  http_method             = each.value.http_method
  type                    = "HTTP_PROXY"
  integration_http_method = each.value.http_method
  connection_type         = "VPC_LINK"
  connection_id           = aws_api_gateway_vpc_link.shop.id
  uri                     = local.backend.uri
}

resource "aws_api_gateway_deployment" "shop" {
  rest_api_id = aws_api_gateway_rest_api.shop.id
  triggers = {
    of = var.variant == "uri-port-not-deployed" ? "base" : var.variant
  }
  lifecycle {
    create_before_destroy = true
  }
  depends_on = [aws_api_gateway_integration.orders]
}

resource "aws_api_gateway_stage" "prod" {
  rest_api_id   = aws_api_gateway_rest_api.shop.id
  deployment_id = aws_api_gateway_deployment.shop.id
  stage_name    = "prod"
}

output "host" {
  value = "${aws_api_gateway_rest_api.shop.id}.execute-api.eu-west-1.amazonaws.com"
}
