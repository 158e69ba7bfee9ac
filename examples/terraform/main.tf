# A private integration, and a switch for each way in which a change may break it or keep it.
variable "endpoint" {
  type = string
}

variable "variant" {
  type    = string
  default = "base"
}

terraform {
  required_providers {
    aws = {
      source = "hashicorp/aws"
    }
  }
}

provider "aws" {
  region                  = "eu-west-1"
  access_key              = "AKIAIOSFODNN7EXAMPLE"
  secret_key              = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
  skip_metadata_api_check = true
  skip_region_validation  = true
  endpoints {
    apigateway       = var.endpoint
    apigatewayv2     = var.endpoint
    ec2              = var.endpoint
    elbv2            = var.endpoint
    iam              = var.endpoint
    servicediscovery = var.endpoint
    sts              = var.endpoint
  }
}

locals {
  v     = var.variant
  zones = { a = 0, b = 1 }
}

resource "aws_vpc" "shop" {
  cidr_block = "10.10.0.0/16"
}

resource "aws_subnet" "shop" {
  for_each          = local.zones
  vpc_id            = aws_vpc.shop.id
  cidr_block        = cidrsubnet(aws_vpc.shop.cidr_block, 8, each.value)
  availability_zone = "eu-west-1${each.key}"
}

resource "aws_subnet" "spare" {
  count             = 2
  vpc_id            = aws_vpc.shop.id
  cidr_block        = cidrsubnet(aws_vpc.shop.cidr_block, 8, 10 + count.index)
  availability_zone = "eu-west-1${["a", "b"][count.index]}"
}

# The link.
resource "aws_security_group" "link" {
  name   = "link"
  vpc_id = aws_vpc.shop.id
  dynamic "egress" {
    for_each = local.v == "link-group-closed" ? [] : [1]
    content {
      from_port   = local.v == "link-group-port" ? 443 : 80
      to_port     = local.v == "link-group-port" ? 443 : 80
      protocol    = "tcp"
      cidr_blocks = [local.v == "link-group-block" ? "10.99.0.0/16" : "10.10.0.0/16"]
    }
  }
}

resource "aws_apigatewayv2_vpc_link" "shop" {
  name               = "shop"
  subnet_ids         = local.v == "link-moves" ? aws_subnet.spare[*].id : [for subnet in aws_subnet.shop : subnet.id]
  security_group_ids = local.v == "link-other-group" ? [aws_security_group.other.id] : [aws_security_group.link.id]
}

resource "aws_security_group" "other" {
  name   = "other"
  vpc_id = aws_vpc.shop.id
}

# The load balancer.
resource "aws_security_group" "balancer" {
  name   = "balancer"
  vpc_id = aws_vpc.shop.id
}

resource "aws_vpc_security_group_ingress_rule" "balancer" {
  count                        = contains(["balancer-rule-removed", "balancer-rule-by-block", "rule-removed-and-readded"], local.v) ? 0 : 1
  security_group_id            = aws_security_group.balancer.id
  referenced_security_group_id = local.v == "balancer-rule-other-group" ? aws_security_group.other.id : aws_security_group.link.id
  ip_protocol                  = "tcp"
  from_port                    = local.v == "balancer-rule-port" ? 443 : 80
  to_port                      = local.v == "balancer-rule-port" ? 443 : 80
}

resource "aws_vpc_security_group_ingress_rule" "balancer_block" {
  count             = local.v == "balancer-rule-by-block" ? 1 : 0
  security_group_id = aws_security_group.balancer.id
  cidr_ipv4         = "10.10.0.0/16"
  ip_protocol       = "tcp"
  from_port         = 80
  to_port           = 80
}

resource "aws_security_group_rule" "balancer_again" {
  count                    = local.v == "rule-removed-and-readded" ? 1 : 0
  security_group_id        = aws_security_group.balancer.id
  source_security_group_id = aws_security_group.link.id
  type                     = "ingress"
  protocol                 = "tcp"
  from_port                = 80
  to_port                  = 80
}

resource "aws_vpc_security_group_egress_rule" "balancer" {
  count             = local.v == "balancer-egress-removed" ? 0 : 1
  security_group_id = aws_security_group.balancer.id
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "-1"
}

resource "aws_lb" "shop" {
  name               = "shop"
  internal           = true
  load_balancer_type = "application"
  subnets            = [for subnet in aws_subnet.shop : subnet.id]
  security_groups    = [aws_security_group.balancer.id]
}

resource "aws_lb_target_group" "shop" {
  name        = "shop"
  port        = 8080
  protocol    = "HTTP"
  target_type = "ip"
  vpc_id      = aws_vpc.shop.id
}

resource "aws_lb_target_group_attachment" "shop" {
  count            = local.v == "target-removed" ? 0 : 1
  target_group_arn = aws_lb_target_group.shop.arn
  target_id        = aws_network_interface.backend.private_ip
  port             = 8080
}

resource "aws_lb_listener" "shop" {
  load_balancer_arn = aws_lb.shop.arn
  port              = local.v == "listener-port" ? 8081 : 80
  protocol          = "HTTP"
  default_action {
    type             = local.v == "listener-answers" ? "fixed-response" : "forward"
    target_group_arn = local.v == "listener-answers" ? null : aws_lb_target_group.shop.arn
    dynamic "fixed_response" {
      for_each = local.v == "listener-answers" ? [1] : []
      content {
        content_type = "text/plain"
        status_code  = "503"
      }
    }
  }
}

# The backend.
resource "aws_security_group" "backend" {
  name   = "backend"
  vpc_id = aws_vpc.shop.id
}

resource "aws_security_group_rule" "backend" {
  count                    = local.v == "backend-rule-removed" ? 0 : 1
  security_group_id        = aws_security_group.backend.id
  source_security_group_id = local.v == "backend-rule-link" ? aws_security_group.link.id : aws_security_group.balancer.id
  type                     = "ingress"
  protocol                 = "tcp"
  from_port                = 8080
  to_port                  = 8080
}

resource "aws_network_interface" "backend" {
  subnet_id       = aws_subnet.shop["a"].id
  private_ips     = ["10.10.0.100"]
  security_groups = [aws_security_group.backend.id]
}

# Network ACLs.
resource "aws_network_acl" "shop" {
  count      = startswith(local.v, "acl-") ? 1 : 0
  vpc_id     = aws_vpc.shop.id
  subnet_ids = [for subnet in aws_subnet.shop : subnet.id]
  ingress {
    rule_no    = 100
    action     = local.v == "acl-denies" ? "deny" : "allow"
    protocol   = "-1"
    from_port  = 0
    to_port    = 0
    cidr_block = local.v == "acl-block" ? "10.99.0.0/16" : "0.0.0.0/0"
  }
  egress {
    rule_no    = 100
    action     = "allow"
    protocol   = local.v == "acl-return" ? "tcp" : "-1"
    from_port  = local.v == "acl-return" ? 80 : 0
    to_port    = local.v == "acl-return" ? 8080 : 0
    cidr_block = "0.0.0.0/0"
  }
}

# The gateway.
resource "aws_apigatewayv2_api" "shop" {
  name          = "shop"
  protocol_type = "HTTP"
}

resource "aws_apigatewayv2_integration" "orders" {
  api_id             = aws_apigatewayv2_api.shop.id
  integration_type   = "HTTP_PROXY"
  integration_method = "ANY"
  integration_uri    = aws_lb_listener.shop.arn
  connection_type    = "VPC_LINK"
  connection_id      = aws_apigatewayv2_vpc_link.shop.id
}

resource "aws_apigatewayv2_route" "orders" {
  count     = local.v == "route-removed" ? 0 : 1
  api_id    = aws_apigatewayv2_api.shop.id
  route_key = "ANY /orders/{proxy+}"
  target    = "integrations/${aws_apigatewayv2_integration.orders.id}"
}

resource "aws_apigatewayv2_route" "items" {
  count     = local.v == "route-added" ? 1 : 0
  api_id    = aws_apigatewayv2_api.shop.id
  route_key = "GET /items"
  target    = "integrations/${aws_apigatewayv2_integration.orders.id}"
}

resource "aws_apigatewayv2_stage" "default" {
  api_id      = aws_apigatewayv2_api.shop.id
  name        = "$default"
  auto_deploy = true
}
