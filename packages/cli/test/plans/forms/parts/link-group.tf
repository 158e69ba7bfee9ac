# The group of the link alone.
resource "aws_security_group" "link" {
  name   = "orders-link"
  vpc_id = aws_vpc.main.id
}

resource "aws_vpc_security_group_egress_rule" "link" {
  security_group_id = aws_security_group.link.id
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "-1"
}
