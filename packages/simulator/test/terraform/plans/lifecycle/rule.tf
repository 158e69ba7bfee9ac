resource "aws_vpc_security_group_ingress_rule" "balancer" {
  security_group_id = aws_security_group.balancer.id
  cidr_ipv4         = "10.20.0.0/16"
  ip_protocol       = "tcp"
  from_port         = 80
  to_port           = 80
}
