# The same for IPv6.

resource "aws_vpc" "six" {
  cidr_block                       = "10.30.0.0/16"
  assign_generated_ipv6_cidr_block = true
}

resource "aws_subnet" "six" {
  vpc_id                          = aws_vpc.six.id
  cidr_block                      = "10.30.1.0/24"
  ipv6_cidr_block                 = cidrsubnet(aws_vpc.six.ipv6_cidr_block, 8, 1)
  assign_ipv6_address_on_creation = true
}

resource "aws_egress_only_internet_gateway" "six" {
  vpc_id = aws_vpc.six.id
}

resource "aws_route_table" "six" {
  vpc_id = aws_vpc.six.id
  route {
    ipv6_cidr_block        = "::/0"
    egress_only_gateway_id = aws_egress_only_internet_gateway.six.id
  }
}

resource "aws_route_table_association" "six" {
  subnet_id      = aws_subnet.six.id
  route_table_id = aws_route_table.six.id
}

resource "aws_default_route_table" "six" {
  default_route_table_id = aws_vpc.six.default_route_table_id
}

resource "aws_security_group" "six" {
  name   = "six"
  vpc_id = aws_vpc.six.id
  ingress {
    protocol         = "tcp"
    from_port        = 443
    to_port          = 443
    ipv6_cidr_blocks = ["2001:db8::/32"]
  }
}

resource "aws_network_acl" "six" {
  vpc_id     = aws_vpc.six.id
  subnet_ids = [aws_subnet.six.id]
  ingress {
    rule_no         = 110
    action          = "allow"
    protocol        = "-1"
    from_port       = 0
    to_port         = 0
    ipv6_cidr_block = "::/0"
  }
}
