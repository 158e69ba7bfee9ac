# One thing in several forms, which make no difference; and each form with a mistake.
resource "aws_vpc_security_group_ingress_rule" "balancer" {
  count                        = contains(["base", "counted-subnets"], trimsuffix(var.variant, "-broken")) ? 1 : 0
  security_group_id            = aws_security_group.balancer.id
  referenced_security_group_id = aws_security_group.link.id
  ip_protocol                  = "tcp"
  from_port                    = trimsuffix(var.variant, "-broken") == "base" ? endswith(var.variant, "-broken") ? 443 : 80 : 80
  to_port                      = trimsuffix(var.variant, "-broken") == "base" ? endswith(var.variant, "-broken") ? 443 : 80 : 80
}

resource "aws_vpc_security_group_ingress_rule" "each" {
  for_each                     = trimsuffix(var.variant, "-broken") == "for-each" ? { "web.1" = aws_security_group.balancer.id } : {}
  security_group_id            = each.value
  referenced_security_group_id = aws_security_group.link.id
  ip_protocol                  = "tcp"
  from_port                    = endswith(var.variant, "-broken") ? 443 : 80
  to_port                      = endswith(var.variant, "-broken") ? 443 : 80
}

resource "aws_security_group_rule" "older" {
  count                    = trimsuffix(var.variant, "-broken") == "older-rule" ? 1 : 0
  security_group_id        = aws_security_group.balancer.id
  source_security_group_id = aws_security_group.link.id
  type                     = "ingress"
  protocol                 = "tcp"
  from_port                = endswith(var.variant, "-broken") ? 443 : 80
  to_port                  = endswith(var.variant, "-broken") ? 443 : 80
}

module "rules" {
  source   = "./rules"
  for_each = toset(trimsuffix(var.variant, "-broken") == "module" ? ["x.y"] : [])
  groups   = { to = aws_security_group.balancer.id, from = aws_security_group.link.id }
  port     = endswith(var.variant, "-broken") ? 443 : 80
}

resource "aws_subnet" "counted" {
  count             = trimsuffix(var.variant, "-broken") == "counted-subnets" ? 2 : 0
  vpc_id            = aws_vpc.shop.id
  cidr_block        = cidrsubnet(aws_vpc.shop.cidr_block, 8, 10 + count.index)
  availability_zone = "eu-west-1${["a", "b"][count.index]}"
}

resource "aws_apigatewayv2_vpc_link" "shop" {
  name               = "shop"
  subnet_ids         = trimsuffix(var.variant, "-broken") == "counted-subnets" ? aws_subnet.counted[*].id : values(aws_subnet.shop)[*].id
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
  count            = trimsuffix(var.variant, "-broken") == "counted-subnets" && endswith(var.variant, "-broken") ? 0 : 1
  target_group_arn = aws_lb_target_group.shop.arn
  target_id        = aws_network_interface.backend.private_ip
  port             = 8080
}
