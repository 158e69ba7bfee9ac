# The root: a service by a module.
module "orders" {
  source             = "./service"
  name               = "orders"
  vpc_id             = aws_vpc.main.id
  subnets            = aws_subnet.private[*].id
  balancer_group     = aws_security_group.balancer.id
  listener_arn       = aws_lb_listener.http.arn
  execution_role_arn = aws_iam_role.execution.arn
}
