variable "to" {
  type = string
}

variable "from" {
  type = string
}

variable "port" {
  type = number
}

resource "aws_vpc_security_group_ingress_rule" "this" {
  security_group_id            = var.to
  referenced_security_group_id = var.from
  ip_protocol                  = "tcp"
  from_port                    = var.port
  to_port                      = var.port
}
