# The root: a REST API by a module.
module "rest" {
  source      = "./rest"
  vpc_link_id = aws_api_gateway_vpc_link.main.id
  host        = aws_lb.main.dns_name
}
