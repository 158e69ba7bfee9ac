variable "groups" {
  type = map(string)
}

variable "port" {
  type = number
}

module "inner" {
  source = "./inner"
  count  = 1
  to     = var.groups["to"]
  from   = var.groups["from"]
  port   = var.port
}
