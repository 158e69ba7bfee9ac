# A backend in another network, over a peering.
resource "aws_vpc" "other" {
  cidr_block = "10.30.0.0/16"
}

resource "aws_subnet" "other" {
  vpc_id            = aws_vpc.other.id
  cidr_block        = "10.30.0.0/24"
  availability_zone = "eu-west-1a"
}

resource "aws_vpc_peering_connection" "other" {
  vpc_id      = aws_vpc.shop.id
  peer_vpc_id = aws_vpc.other.id
  auto_accept = true
}

resource "aws_route_table" "shop" {
  vpc_id = aws_vpc.shop.id
  route = startswith(var.variant, "separate") || contains(["route-removed", "separate-route-removed"], var.variant) ? [] : [{
    cidr_block                 = aws_vpc.other.cidr_block
    vpc_peering_connection_id  = aws_vpc_peering_connection.other.id
    ipv6_cidr_block            = null
    destination_prefix_list_id = null
    carrier_gateway_id         = null
    core_network_arn           = null
    egress_only_gateway_id     = null
    gateway_id                 = null
    local_gateway_id           = null
    nat_gateway_id             = null
    network_interface_id       = null
    transit_gateway_id         = null
    vpc_endpoint_id            = null
  }]
}

resource "aws_route" "shop" {
  count                     = startswith(var.variant, "separate") && !contains(["route-removed", "separate-route-removed"], var.variant) ? 1 : 0
  route_table_id            = aws_route_table.shop.id
  destination_cidr_block    = aws_vpc.other.cidr_block
  vpc_peering_connection_id = aws_vpc_peering_connection.other.id
}

resource "aws_route_table_association" "shop" {
  for_each       = aws_subnet.shop
  subnet_id      = each.value.id
  route_table_id = aws_route_table.shop.id
}

resource "aws_default_route_table" "other" {
  default_route_table_id = aws_vpc.other.default_route_table_id
  route = var.variant != "return-route-removed" && !startswith(var.variant, "separate") ? [{
    cidr_block                 = aws_vpc.shop.cidr_block
    vpc_peering_connection_id  = aws_vpc_peering_connection.other.id
    ipv6_cidr_block            = null
    destination_prefix_list_id = null
    core_network_arn           = null
    egress_only_gateway_id     = null
    gateway_id                 = null
    instance_id                = null
    nat_gateway_id             = null
    network_interface_id       = null
    transit_gateway_id         = null
    vpc_endpoint_id            = null
  }] : []
}

resource "aws_route" "other" {
  count                     = var.variant != "return-route-removed" && startswith(var.variant, "separate") ? 1 : 0
  route_table_id            = aws_default_route_table.other.id
  destination_cidr_block    = aws_vpc.shop.cidr_block
  vpc_peering_connection_id = aws_vpc_peering_connection.other.id
}

resource "aws_ec2_managed_prefix_list" "callers" {
  name           = "callers"
  address_family = "IPv4"
  max_entries    = 3
  dynamic "entry" {
    for_each = var.variant == "prefix-entry-removed" ? ["10.99.0.0/16"] : ["10.20.0.0/16"]
    content {
      cidr = entry.value
    }
  }
}

resource "aws_security_group" "remote" {
  name   = "remote"
  vpc_id = aws_vpc.other.id
  ingress {
    protocol        = "tcp"
    from_port       = 8080
    to_port         = 8080
    prefix_list_ids = var.variant == "by-block" ? [] : [aws_ec2_managed_prefix_list.callers.id]
    cidr_blocks     = var.variant == "by-block" ? ["10.20.0.0/16"] : []
  }
}

resource "aws_network_interface" "remote" {
  subnet_id       = aws_subnet.other.id
  private_ips     = ["10.30.0.100"]
  security_groups = [aws_security_group.remote.id]
}

resource "aws_vpc_security_group_ingress_rule" "balancer" {
  security_group_id            = aws_security_group.balancer.id
  referenced_security_group_id = aws_security_group.link.id
  ip_protocol                  = "tcp"
  from_port                    = 80
  to_port                      = 80
}

resource "aws_apigatewayv2_vpc_link" "shop" {
  name               = "shop"
  subnet_ids         = values(aws_subnet.shop)[*].id
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
  target_group_arn  = aws_lb_target_group.shop.arn
  target_id         = aws_network_interface.remote.private_ip
  availability_zone = "all"
  port              = 8080
}
