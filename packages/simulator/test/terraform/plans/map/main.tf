# A service of Cloud Map as a target.
resource "aws_service_discovery_private_dns_namespace" "shop" {
  name = "shop.local"
  vpc  = aws_vpc.shop.id
}

resource "aws_service_discovery_service" "orders" {
  name = "orders"
  dns_config {
    namespace_id = aws_service_discovery_private_dns_namespace.shop.id
    dns_records {
      ttl  = 60
      type = "SRV"
    }
  }
}

resource "aws_service_discovery_instance" "orders" {
  count       = var.variant == "instance-removed" ? 0 : 1
  instance_id = "orders-1"
  service_id  = aws_service_discovery_service.orders.id
  attributes = {
    AWS_INSTANCE_IPV4 = aws_network_interface.backend.private_ip
    AWS_INSTANCE_PORT = var.variant == "instance-port" ? "9090" : "8080"
  }
}

resource "aws_security_group" "link" {
  name   = "link"
  vpc_id = aws_vpc.shop.id
  egress {
    protocol    = "tcp"
    from_port   = 8080
    to_port     = 8080
    cidr_blocks = var.variant == "link-block" ? ["10.20.1.0/24"] : ["10.20.0.0/16"]
  }
}

resource "aws_apigatewayv2_vpc_link" "shop" {
  name               = "shop"
  subnet_ids         = values(aws_subnet.shop)[*].id
  security_group_ids = [aws_security_group.link.id]
}

resource "aws_apigatewayv2_api" "shop" {
  name          = "shop"
  protocol_type = "HTTP"
  body = startswith(var.variant, "body") ? jsonencode({
    openapi = "3.0.1"
    info    = { title = "shop", version = "1" }
    paths = { "/orders/{proxy+}" = { "x-amazon-apigateway-any-method" = { "x-amazon-apigateway-integration" = {
      type                 = "http_proxy"
      httpMethod           = "ANY"
      connectionType       = "VPC_LINK"
      connectionId         = aws_apigatewayv2_vpc_link.shop.id
      uri                  = var.variant == "body-gone" ? replace(aws_service_discovery_service.orders.arn, "srv-", "srv-0") : aws_service_discovery_service.orders.arn
      payloadFormatVersion = "1.0"
    } } } }
  }) : null
}

resource "aws_apigatewayv2_integration" "orders" {
  count              = startswith(var.variant, "body") ? 0 : 1
  api_id             = aws_apigatewayv2_api.shop.id
  integration_type   = "HTTP_PROXY"
  integration_method = "ANY"
  integration_uri    = aws_service_discovery_service.orders.arn
  connection_type    = "VPC_LINK"
  connection_id      = aws_apigatewayv2_vpc_link.shop.id
}

resource "aws_apigatewayv2_route" "orders" {
  count     = startswith(var.variant, "body") ? 0 : 1
  api_id    = aws_apigatewayv2_api.shop.id
  route_key = "ANY /orders/{proxy+}"
  target    = "integrations/${aws_apigatewayv2_integration.orders[0].id}"
}

resource "aws_apigatewayv2_stage" "default" {
  api_id      = aws_apigatewayv2_api.shop.id
  name        = "$default"
  auto_deploy = true
}

output "host" {
  value = "${aws_apigatewayv2_api.shop.id}.execute-api.eu-west-1.amazonaws.com"
}
