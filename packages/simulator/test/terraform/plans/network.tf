# A network with a backend, whose group allows the network.
resource "aws_vpc" "shop" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_subnet" "shop" {
  for_each          = { a = 0, b = 1 }
  vpc_id            = aws_vpc.shop.id
  cidr_block        = cidrsubnet(aws_vpc.shop.cidr_block, 8, each.value)
  availability_zone = "${local.region}${each.key}"
}

resource "aws_security_group" "backend" {
  name   = "backend"
  vpc_id = aws_vpc.shop.id
}

resource "aws_vpc_security_group_ingress_rule" "backend" {
  count             = var.variant == "rule-removed" ? 0 : 1
  security_group_id = aws_security_group.backend.id
  cidr_ipv4         = aws_vpc.shop.cidr_block
  ip_protocol       = "tcp"
  from_port         = 8080
  to_port           = 8080
}

resource "aws_network_interface" "backend" {
  subnet_id       = aws_subnet.shop["a"].id
  private_ips     = ["10.20.0.100"]
  security_groups = [aws_security_group.backend.id]
}
