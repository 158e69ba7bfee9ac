# A network with every resource that can be on the path of a private integration.

data "aws_availability_zones" "here" {
  state = "available"
  filter {
    name   = "opt-in-status"
    values = ["opt-in-not-required"]
  }
}

resource "aws_vpc" "main" {
  cidr_block           = "10.20.0.0/16"
  enable_dns_hostnames = true
  # A metric that nothing depends on, and a tag that data sources filter by.
  enable_network_address_usage_metrics = var.changed
  tags                                 = { Name = "main" }
}

resource "aws_vpc_ipv4_cidr_block_association" "more" {
  vpc_id     = aws_vpc.main.id
  cidr_block = "10.21.0.0/20"
}

resource "aws_subnet" "private" {
  count             = 2
  vpc_id            = aws_vpc.main.id
  cidr_block        = cidrsubnet(aws_vpc.main.cidr_block, 8, count.index)
  availability_zone = data.aws_availability_zones.here.names[count.index]
  tags              = merge({ Name = "private-${count.index}" }, var.changed ? { changed = "yes" } : {})
}

resource "aws_subnet" "public" {
  vpc_id                                      = aws_vpc.main.id
  cidr_block                                  = "10.20.128.0/24"
  availability_zone_id                        = data.aws_availability_zones.here.zone_ids[2]
  map_public_ip_on_launch                     = !var.changed
  enable_resource_name_dns_a_record_on_launch = true
}

resource "aws_subnet" "extra" {
  vpc_id     = aws_vpc_ipv4_cidr_block_association.more.vpc_id
  cidr_block = "10.21.0.0/28"
}

resource "aws_ec2_subnet_cidr_reservation" "private" {
  subnet_id        = aws_subnet.private[0].id
  cidr_block       = "10.20.0.128/28"
  reservation_type = "prefix"
  description      = "kept free"
}

resource "aws_internet_gateway" "main" {
  vpc_id = aws_vpc.main.id
}

resource "aws_route_table" "public" {
  vpc_id = aws_vpc.main.id
  route {
    cidr_block           = "0.0.0.0/0"
    gateway_id           = var.changed ? null : aws_internet_gateway.main.id
    network_interface_id = var.changed ? aws_network_interface.appliance.id : null
  }
}

resource "aws_route_table_association" "public" {
  subnet_id      = aws_subnet.public.id
  route_table_id = var.changed ? aws_route_table.private.id : aws_route_table.public.id
}

resource "aws_route_table" "private" {
  vpc_id = aws_vpc.main.id
}

resource "aws_route" "partners" {
  route_table_id             = aws_route_table.private.id
  destination_prefix_list_id = aws_ec2_managed_prefix_list.partners.id
  gateway_id                 = aws_internet_gateway.main.id
}

resource "aws_route" "appliance" {
  route_table_id         = aws_route_table.private.id
  destination_cidr_block = "192.0.2.0/24"
  network_interface_id   = var.changed ? null : aws_network_interface.appliance.id
  gateway_id             = var.changed ? aws_internet_gateway.main.id : null
}

resource "aws_route_table_association" "private" {
  count          = 2
  subnet_id      = aws_subnet.private[count.index].id
  route_table_id = aws_route_table.private.id
}

resource "aws_main_route_table_association" "main" {
  vpc_id         = aws_vpc.main.id
  route_table_id = aws_route_table.private.id
}

resource "aws_network_acl" "private" {
  vpc_id     = aws_vpc.main.id
  subnet_ids = aws_subnet.private[*].id
  ingress {
    rule_no    = 100
    action     = "allow"
    protocol   = "tcp"
    from_port  = var.changed ? 8443 : 443
    to_port    = var.changed ? 8443 : 443
    cidr_block = "10.20.0.0/16"
  }
  egress {
    rule_no    = 100
    action     = "allow"
    protocol   = "tcp"
    from_port  = 1024
    to_port    = 65535
    cidr_block = "0.0.0.0/0"
  }
}

resource "aws_network_acl_rule" "ping" {
  network_acl_id = aws_network_acl.public.id
  rule_number    = 200
  protocol       = "icmp"
  icmp_type      = 8
  icmp_code      = -1
  rule_action    = "allow"
  cidr_block     = "0.0.0.0/0"
}

resource "aws_network_acl" "public" {
  vpc_id = aws_vpc.main.id
}

resource "aws_network_acl_association" "public" {
  network_acl_id = aws_network_acl.public.id
  subnet_id      = aws_subnet.public.id
}

resource "aws_default_security_group" "main" {
  vpc_id = aws_vpc.main.id
}

resource "aws_default_network_acl" "main" {
  default_network_acl_id = aws_vpc.main.default_network_acl_id
  ingress {
    rule_no    = 100
    action     = "allow"
    protocol   = "-1"
    from_port  = 0
    to_port    = 0
    cidr_block = "0.0.0.0/0"
  }
  lifecycle {
    # Subnets without another network ACL change.
    ignore_changes = [subnet_ids]
  }
}

resource "aws_security_group" "link" {
  name_prefix = "link-"
  description = "what the link may reach"
  vpc_id      = aws_vpc.main.id
  egress {
    description = var.changed ? "both load balancers" : "the load balancer"
    protocol    = "tcp"
    from_port   = 443
    to_port     = var.changed ? 444 : 443
    cidr_blocks = aws_subnet.private[*].cidr_block
  }
  ingress {
    protocol        = "tcp"
    from_port       = 443
    to_port         = 443
    prefix_list_ids = [aws_ec2_managed_prefix_list.partners.id]
    self            = true
  }
}

resource "aws_security_group" "backend" {
  name        = "backend"
  description = "who may call the backend"
  vpc_id      = aws_vpc.main.id
}

resource "aws_vpc_security_group_ingress_rule" "from_link" {
  security_group_id            = aws_security_group.backend.id
  referenced_security_group_id = aws_security_group.link.id
  ip_protocol                  = "tcp"
  from_port                    = 443
  to_port                      = var.changed ? 444 : 443
  description                  = var.changed ? null : "from the link"
}

resource "aws_vpc_security_group_egress_rule" "anywhere" {
  security_group_id = aws_security_group.backend.id
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "-1"
}

resource "aws_security_group_rule" "ping" {
  security_group_id = aws_security_group.backend.id
  type              = "ingress"
  protocol          = "icmp"
  from_port         = 8
  to_port           = 0
  cidr_blocks       = ["10.20.0.0/16"]
  description       = var.changed ? "are you there" : null
}

resource "aws_ec2_managed_prefix_list" "partners" {
  name           = "partners"
  address_family = "IPv4"
  max_entries    = var.changed ? 6 : 5
  entry {
    cidr        = "198.51.100.0/24"
    description = "the first"
  }
  entry {
    cidr = var.changed ? "203.0.113.128/25" : "203.0.113.0/24"
  }
}

resource "aws_ec2_managed_prefix_list_entry" "late" {
  prefix_list_id = aws_ec2_managed_prefix_list.late.id
  cidr           = "192.0.2.0/24"
}

resource "aws_ec2_managed_prefix_list" "late" {
  name           = "late"
  address_family = "IPv4"
  max_entries    = 2
}

resource "aws_vpc_dhcp_options" "main" {
  domain_name         = "main.internal"
  domain_name_servers = ["AmazonProvidedDNS"]
}

resource "aws_vpc_dhcp_options_association" "main" {
  vpc_id          = aws_vpc.main.id
  dhcp_options_id = aws_vpc_dhcp_options.main.id
}

resource "aws_network_interface" "appliance" {
  subnet_id               = aws_subnet.private[0].id
  security_groups         = [aws_security_group.backend.id]
  source_dest_check       = var.changed
  private_ip_list_enabled = true
  # The first is the primary address, which an interface keeps until it is deleted.
  private_ip_list = ["10.20.0.10", var.changed ? "10.20.0.12" : "10.20.0.11"]
  description     = var.changed ? "the appliance" : "appliance"
}
