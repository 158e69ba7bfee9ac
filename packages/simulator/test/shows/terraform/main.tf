# A network, a load balancer, an HTTP API and a private integration between them.
terraform {
  required_providers {
    aws = {
      source = "hashicorp/aws"
    }
  }
}

variable "endpoint" {
  type = string
}

provider "aws" {
  region                      = "eu-west-1"
  access_key                  = "AKIAIOSFODNN7EXAMPLE"
  secret_key                  = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
  skip_metadata_api_check     = true
  skip_region_validation      = true
  endpoints {
    apigatewayv2     = var.endpoint
    ec2              = var.endpoint
    elbv2            = var.endpoint
    iam              = var.endpoint
    servicediscovery = var.endpoint
    sts              = var.endpoint
  }
}

resource "aws_vpc" "shop" {
  cidr_block           = "10.10.0.0/16"
  enable_dns_hostnames = true
  tags                 = { Name = "shop" }
}

resource "aws_subnet" "shop" {
  for_each          = { a = "10.10.0.0/24", b = "10.10.1.0/24" }
  vpc_id            = aws_vpc.shop.id
  cidr_block        = each.value
  availability_zone = "eu-west-1${each.key}"
  tags              = { Name = "shop-${each.key}" }
}

resource "aws_security_group" "link" {
  name        = "link"
  description = "what the link may reach"
  vpc_id      = aws_vpc.shop.id
  egress {
    from_port   = 80
    to_port     = 80
    protocol    = "tcp"
    cidr_blocks = ["10.10.0.0/16"]
  }
}

resource "aws_security_group" "orders" {
  name        = "orders"
  description = "who may call orders"
  vpc_id      = aws_vpc.shop.id
}

resource "aws_vpc_security_group_ingress_rule" "orders" {
  security_group_id            = aws_security_group.orders.id
  referenced_security_group_id = aws_security_group.link.id
  ip_protocol                  = "tcp"
  from_port                    = 80
  to_port                      = 80
}

resource "aws_lb" "orders" {
  name               = "orders"
  internal           = true
  load_balancer_type = "application"
  subnets            = [for subnet in aws_subnet.shop : subnet.id]
  security_groups    = [aws_security_group.orders.id]
}

resource "aws_lb_target_group" "orders" {
  name        = "orders"
  port        = 8080
  protocol    = "HTTP"
  target_type = "ip"
  vpc_id      = aws_vpc.shop.id
}

resource "aws_lb_listener" "orders" {
  load_balancer_arn = aws_lb.orders.arn
  port              = 80
  protocol          = "HTTP"
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.orders.arn
  }
}

resource "aws_apigatewayv2_api" "shop" {
  name          = "shop"
  protocol_type = "HTTP"
  tags          = { team = "payments" }
  cors_configuration {
    allow_origins = ["https://shop.example.com"]
    max_age       = 300
  }
}

resource "aws_apigatewayv2_vpc_link" "shop" {
  name               = "shop"
  subnet_ids         = [for subnet in aws_subnet.shop : subnet.id]
  security_group_ids = [aws_security_group.link.id]
  tags               = { team = "payments" }
}

resource "aws_apigatewayv2_integration" "orders" {
  api_id             = aws_apigatewayv2_api.shop.id
  integration_type   = "HTTP_PROXY"
  integration_method = "ANY"
  integration_uri    = aws_lb_listener.orders.arn
  connection_type    = "VPC_LINK"
  connection_id      = aws_apigatewayv2_vpc_link.shop.id
  request_parameters = { "overwrite:path" = "$request.path" }
  response_parameters {
    status_code = 500
    mappings    = { "overwrite:statuscode" = "502" }
  }
}

resource "aws_apigatewayv2_route" "orders" {
  api_id    = aws_apigatewayv2_api.shop.id
  route_key = "ANY /orders/{proxy+}"
  target    = "integrations/${aws_apigatewayv2_integration.orders.id}"
}

resource "aws_apigatewayv2_deployment" "shop" {
  api_id      = aws_apigatewayv2_api.shop.id
  description = "shop"
  triggers = {
    # Not the whole resources: what the provider leaves null after a creation it reads back as empty lists.
    routes = jsonencode([
      aws_apigatewayv2_route.orders.route_key,
      aws_apigatewayv2_route.orders.target,
      aws_apigatewayv2_integration.orders.integration_uri,
      aws_apigatewayv2_integration.orders.request_parameters,
    ])
  }
  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_apigatewayv2_stage" "prod" {
  api_id        = aws_apigatewayv2_api.shop.id
  name          = "prod"
  deployment_id = aws_apigatewayv2_deployment.shop.id
  stage_variables = { version = "1" }
  default_route_settings {
    throttling_burst_limit = 50
    throttling_rate_limit  = 100
  }
}

resource "aws_apigatewayv2_stage" "default" {
  api_id      = aws_apigatewayv2_api.shop.id
  name        = "$default"
  auto_deploy = true
}
