# A group of machines that registers what it starts.
resource "aws_launch_template" "main" {
  name_prefix            = "orders-"
  image_id               = "ami-0123456789abcdef0"
  instance_type          = "t3.micro"
  vpc_security_group_ids = [aws_security_group.tasks.id]
}

resource "aws_autoscaling_group" "main" {
  name                      = "orders"
  min_size                  = 2
  max_size                  = 4
  desired_capacity          = 2
  health_check_type         = "ELB"
  wait_for_capacity_timeout = "0"
  vpc_zone_identifier       = aws_subnet.private[*].id
  target_group_arns         = [aws_lb_target_group.main.arn]
  launch_template {
    id      = aws_launch_template.main.id
    version = "$Latest"
  }
}
