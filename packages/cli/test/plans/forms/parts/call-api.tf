# The root: a module of the network and its balancer, and one of the API.
module "net" {
  source = "./net"
}

module "api" {
  source             = "./api"
  name               = "orders"
  subnet_ids         = module.net.subnet_ids
  security_group_ids = [module.net.link_group]
  listener_arn       = module.net.listener
}
