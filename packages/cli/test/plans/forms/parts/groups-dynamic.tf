# Rules as dynamic blocks over lists of ports.
variable "balancer_ports" {
  type    = list(number)
  default = [80, 443]
}

resource "aws_security_group" "link" {
  name   = "orders-link"
  vpc_id = aws_vpc.main.id
  egress {
    from_port   = 0
    to_port     = 0
    protocol    = "-1"
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_security_group" "balancer" {
  name   = "orders-balancer"
  vpc_id = aws_vpc.main.id
  dynamic "ingress" {
    for_each = var.balancer_ports
    content {
      from_port   = ingress.value
      to_port     = ingress.value
      protocol    = "tcp"
      cidr_blocks = [aws_vpc.main.cidr_block]
    }
  }
  egress {
    from_port   = 0
    to_port     = 0
    protocol    = "-1"
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_security_group" "tasks" {
  name   = "orders-tasks"
  vpc_id = aws_vpc.main.id
  dynamic "ingress" {
    for_each = toset(["8080", "8081"])
    content {
      from_port   = tonumber(ingress.key)
      to_port     = tonumber(ingress.key)
      protocol    = "tcp"
      cidr_blocks = [aws_vpc.main.cidr_block]
    }
  }
}
