output "vpc_id" {
  value = aws_vpc.main.id
}

output "subnet_ids" {
  value = aws_subnet.private[*].id
}

output "group_ids" {
  value = { link = aws_security_group.link.id, balancer = aws_security_group.balancer.id, tasks = aws_security_group.tasks.id }
}

output "link_group" {
  value = aws_security_group.link.id
}

output "listener" {
  value = aws_lb_listener.http.arn
}

output "target_group" {
  value = aws_lb_target_group.main.arn
}
