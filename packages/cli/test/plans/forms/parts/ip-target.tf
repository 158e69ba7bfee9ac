# A machine that is registered by its address.
resource "aws_network_interface" "backend" {
  subnet_id       = aws_subnet.private[0].id
  private_ips     = ["10.40.0.50"]
  security_groups = [aws_security_group.tasks.id]
}

resource "aws_lb_target_group_attachment" "backend" {
  target_group_arn = aws_lb_target_group.main.arn
  target_id        = "10.40.0.50"
  port             = 8080
  depends_on       = [aws_network_interface.backend]
}
