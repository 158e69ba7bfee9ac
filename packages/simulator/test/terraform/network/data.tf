# Data sources that other configurations would read.

data "aws_caller_identity" "me" {}
data "aws_region" "here" {}
data "aws_regions" "all" {
  all_regions = true
}

data "aws_vpc" "default" {
  default = true
}

data "aws_subnets" "default" {
  filter {
    name   = "vpc-id"
    values = [data.aws_vpc.default.id]
  }
}

data "aws_subnet" "private" {
  vpc_id = aws_vpc.main.id
  tags   = { Name = aws_subnet.private[1].tags.Name }
}

data "aws_vpc" "main" {
  id = aws_vpc.main.id
}

data "aws_vpcs" "main" {
  tags = { Name = aws_vpc.main.tags.Name }
}

data "aws_security_group" "default" {
  vpc_id = data.aws_vpc.default.id
  name   = "default"
}

data "aws_security_groups" "backend" {
  filter {
    name   = "group-id"
    values = [aws_security_group.backend.id]
  }
}

data "aws_vpc_security_group_rule" "from_link" {
  security_group_rule_id = aws_vpc_security_group_ingress_rule.from_link.id
}

data "aws_route_table" "private" {
  subnet_id  = aws_subnet.private[0].id
  depends_on = [aws_route_table_association.private]
}

data "aws_route_tables" "default" {
  vpc_id = data.aws_vpc.default.id
}

data "aws_network_acls" "default" {
  vpc_id = data.aws_vpc.default.id
}

data "aws_internet_gateway" "default" {
  filter {
    name   = "attachment.vpc-id"
    values = [data.aws_vpc.default.id]
  }
}

data "aws_prefix_list" "s3" {
  name = "com.amazonaws.${var.region}.s3"
}

data "aws_ec2_managed_prefix_list" "s3" {
  name = "com.amazonaws.${var.region}.s3"
}

data "aws_network_interface" "appliance" {
  id = aws_network_interface.appliance.id
}

data "aws_network_interfaces" "private" {
  filter {
    name   = "subnet-id"
    values = [aws_network_interface.appliance.subnet_id]
  }
}

data "aws_vpc_dhcp_options" "default" {
  dhcp_options_id = data.aws_vpc.default.dhcp_options_id
}

data "aws_vpc_peering_connections" "none" {}

output "account" {
  value = data.aws_caller_identity.me.account_id
}

output "default_subnets" {
  value = length(data.aws_subnets.default.ids)
}

output "s3_prefix_list" {
  value = data.aws_prefix_list.s3.id
}
