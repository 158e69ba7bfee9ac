# One thing in several forms, which make no difference; and each form with a mistake.
locals {
  form = trimsuffix(local.v, "-broken")
  port = local.is_broken ? 443 : 80
}

resource "aws_vpc_security_group_ingress_rule" "balancer" {
  count                        = contains(["base", "counted-subnets"], local.form) ? 1 : 0
  security_group_id            = aws_security_group.balancer.id
  referenced_security_group_id = aws_security_group.link.id
  ip_protocol                  = "tcp"
  from_port                    = local.form == "base" ? local.port : 80
  to_port                      = local.form == "base" ? local.port : 80
}

resource "aws_vpc_security_group_ingress_rule" "each" {
  for_each                     = local.form == "for-each" ? { "web.1" = aws_security_group.balancer.id } : {}
  security_group_id            = each.value
  referenced_security_group_id = aws_security_group.link.id
  ip_protocol                  = "tcp"
  from_port                    = local.port
  to_port                      = local.port
}

resource "aws_security_group_rule" "older" {
  count                    = local.form == "older-rule" ? 1 : 0
  security_group_id        = aws_security_group.balancer.id
  source_security_group_id = aws_security_group.link.id
  type                     = "ingress"
  protocol                 = "tcp"
  from_port                = local.port
  to_port                  = local.port
}

module "rules" {
  source   = "./rules"
  for_each = toset(local.form == "module" ? ["x.y"] : [])
  groups   = { to = aws_security_group.balancer.id, from = aws_security_group.link.id }
  port     = local.port
}

resource "aws_subnet" "counted" {
  count             = local.form == "counted-subnets" ? 2 : 0
  vpc_id            = aws_vpc.shop.id
  cidr_block        = cidrsubnet(aws_vpc.shop.cidr_block, 8, 10 + count.index)
  availability_zone = "eu-west-1${["a", "b"][count.index]}"
}

resource "aws_apigatewayv2_vpc_link" "shop" {
  name               = "shop"
  subnet_ids         = local.form == "counted-subnets" ? aws_subnet.counted[*].id : values(aws_subnet.shop)[*].id
  security_group_ids = [aws_security_group.link.id]
}

resource "aws_lb_target_group" "shop" {
  name        = "shop"
  port        = 8080
  protocol    = "HTTP"
  target_type = "ip"
  vpc_id      = aws_vpc.shop.id
}

resource "aws_lb_target_group_attachment" "shop" {
  count            = local.form == "counted-subnets" && local.is_broken ? 0 : 1
  target_group_arn = aws_lb_target_group.shop.arn
  target_id        = aws_network_interface.backend.private_ip
  port             = 8080
}
