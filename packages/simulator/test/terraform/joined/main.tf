# Two networks, connected by a peering and a transit gateway, with a VPN to a third one.
resource "aws_vpc" "one" {
  cidr_block = "10.1.0.0/16"
}

resource "aws_vpc" "two" {
  cidr_block = "10.2.0.0/16"
}

resource "aws_subnet" "one" {
  vpc_id            = aws_vpc.one.id
  cidr_block        = "10.1.1.0/24"
  availability_zone = "${var.region}a"
}

resource "aws_subnet" "two" {
  vpc_id            = aws_vpc.two.id
  cidr_block        = "10.2.1.0/24"
  availability_zone = "${var.region}a"
}

resource "aws_vpc_peering_connection" "both" {
  vpc_id      = aws_vpc.one.id
  peer_vpc_id = aws_vpc.two.id
  auto_accept = true

  requester {
    allow_remote_vpc_dns_resolution = var.changed
  }
}

resource "aws_ec2_transit_gateway" "hub" {
  description                        = var.changed ? "the hub" : "a hub"
  default_route_table_association    = "disable"
  default_route_table_propagation    = "disable"
  security_group_referencing_support = "enable"
}

resource "aws_ec2_transit_gateway_vpc_attachment" "one" {
  transit_gateway_id                              = aws_ec2_transit_gateway.hub.id
  vpc_id                                          = aws_vpc.one.id
  subnet_ids                                      = [aws_subnet.one.id]
  ipv6_support                                    = var.changed ? "enable" : "disable"
  transit_gateway_default_route_table_association = false
  transit_gateway_default_route_table_propagation = false
}

resource "aws_ec2_transit_gateway_vpc_attachment" "two" {
  transit_gateway_id                              = aws_ec2_transit_gateway.hub.id
  vpc_id                                          = aws_vpc.two.id
  subnet_ids                                      = [aws_subnet.two.id]
  transit_gateway_default_route_table_association = false
  transit_gateway_default_route_table_propagation = false
}

resource "aws_ec2_transit_gateway_route_table" "all" {
  transit_gateway_id = aws_ec2_transit_gateway.hub.id
}

resource "aws_ec2_transit_gateway_route_table_association" "one" {
  transit_gateway_attachment_id  = aws_ec2_transit_gateway_vpc_attachment.one.id
  transit_gateway_route_table_id = aws_ec2_transit_gateway_route_table.all.id
}

resource "aws_ec2_transit_gateway_route_table_propagation" "two" {
  transit_gateway_attachment_id  = aws_ec2_transit_gateway_vpc_attachment.two.id
  transit_gateway_route_table_id = aws_ec2_transit_gateway_route_table.all.id
}

resource "aws_ec2_transit_gateway_route" "static" {
  destination_cidr_block         = "10.20.0.0/16"
  transit_gateway_attachment_id  = aws_ec2_transit_gateway_vpc_attachment.two.id
  transit_gateway_route_table_id = aws_ec2_transit_gateway_route_table.all.id
}

resource "aws_ec2_transit_gateway_route" "blackhole" {
  destination_cidr_block         = "10.21.0.0/16"
  blackhole                      = true
  transit_gateway_route_table_id = aws_ec2_transit_gateway_route_table.all.id
}

resource "aws_vpn_gateway" "out" {
  vpc_id          = aws_vpc.one.id
  amazon_side_asn = 64601
}

resource "aws_customer_gateway" "office" {
  bgp_asn    = 65001
  ip_address = "203.0.113.9"
  type       = "ipsec.1"
}

resource "aws_vpn_connection" "office" {
  vpn_gateway_id      = aws_vpn_gateway.out.id
  customer_gateway_id = aws_customer_gateway.office.id
  type                = "ipsec.1"
  static_routes_only  = true
}

resource "aws_vpn_connection_route" "office" {
  destination_cidr_block = "192.168.0.0/16"
  vpn_connection_id      = aws_vpn_connection.office.id
}

resource "aws_route_table" "one" {
  vpc_id = aws_vpc.one.id
}

resource "aws_vpn_gateway_route_propagation" "one" {
  vpn_gateway_id = aws_vpn_gateway.out.id
  route_table_id = aws_route_table.one.id
}

resource "aws_route" "peering" {
  route_table_id            = aws_route_table.one.id
  destination_cidr_block    = "10.2.0.0/16"
  vpc_peering_connection_id = aws_vpc_peering_connection.both.id
}

resource "aws_route" "hub" {
  route_table_id         = aws_route_table.one.id
  destination_cidr_block = "10.20.0.0/16"
  transit_gateway_id     = aws_ec2_transit_gateway.hub.id
  depends_on             = [aws_ec2_transit_gateway_vpc_attachment.one]
}

resource "aws_route" "gateway" {
  route_table_id         = aws_route_table.one.id
  destination_cidr_block = "172.20.0.0/16"
  gateway_id             = aws_vpn_gateway.out.id
}
