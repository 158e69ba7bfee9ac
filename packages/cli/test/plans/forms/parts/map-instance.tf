resource "aws_network_interface" "backend" {
  subnet_id       = aws_subnet.private[0].id
  private_ips     = ["10.40.0.50"]
  security_groups = [aws_security_group.tasks.id]
}

resource "aws_service_discovery_instance" "backend" {
  instance_id = "backend"
  service_id  = aws_service_discovery_service.main.id
  attributes = {
    AWS_INSTANCE_IPV4 = "10.40.0.50"
    AWS_INSTANCE_PORT = "8080"
  }
  depends_on = [aws_network_interface.backend]
}
