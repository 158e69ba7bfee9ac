# The same groups, with rules in the older form.
resource "aws_security_group" "link" {
  name   = "orders-link"
  vpc_id = aws_vpc.main.id
}

resource "aws_security_group" "balancer" {
  name   = "orders-balancer"
  vpc_id = aws_vpc.main.id
}

resource "aws_security_group" "tasks" {
  name   = "orders-tasks"
  vpc_id = aws_vpc.main.id
}

resource "aws_security_group_rule" "link_out" {
  type              = "egress"
  security_group_id = aws_security_group.link.id
  protocol          = "-1"
  from_port         = 0
  to_port           = 0
  cidr_blocks       = ["0.0.0.0/0"]
}

resource "aws_security_group_rule" "balancer_out" {
  type              = "egress"
  security_group_id = aws_security_group.balancer.id
  protocol          = "-1"
  from_port         = 0
  to_port           = 0
  cidr_blocks       = ["0.0.0.0/0"]
}

resource "aws_security_group_rule" "tasks_out" {
  type              = "egress"
  security_group_id = aws_security_group.tasks.id
  protocol          = "-1"
  from_port         = 0
  to_port           = 0
  cidr_blocks       = ["0.0.0.0/0"]
}

resource "aws_security_group_rule" "balancer" {
  type                     = "ingress"
  security_group_id        = aws_security_group.balancer.id
  source_security_group_id = aws_security_group.link.id
  protocol                 = "tcp"
  from_port                = 80
  to_port                  = 80
}

resource "aws_security_group_rule" "tasks" {
  type                     = "ingress"
  security_group_id        = aws_security_group.tasks.id
  source_security_group_id = aws_security_group.balancer.id
  protocol                 = "tcp"
  from_port                = 8080
  to_port                  = 8080
}
