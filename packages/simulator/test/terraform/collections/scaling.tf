resource "aws_launch_template" "web" {
  name                   = "web"
  image_id               = "ami-0123456789abcdef0"
  instance_type          = var.changed ? "t3.small" : "t3.micro"
  vpc_security_group_ids = [aws_security_group.g.id]
  update_default_version = true
  iam_instance_profile {
    arn = aws_iam_instance_profile.p.arn
  }
  metadata_options {
    http_tokens = "required"
  }
  tag_specifications {
    resource_type = "instance"
    tags          = { Name = "web" }
  }
}
resource "aws_lb_target_group" "web" {
  name     = "web"
  port     = 80
  protocol = "HTTP"
  vpc_id   = aws_vpc.v.id
}
resource "aws_autoscaling_group" "web" {
  name                = "web"
  min_size            = 1
  max_size            = 3
  desired_capacity    = var.changed ? 1 : 2
  vpc_zone_identifier = [aws_subnet.s.id]
  target_group_arns   = [aws_lb_target_group.web.arn]
  launch_template {
    id      = aws_launch_template.web.id
    version = "$Latest"
  }
  tag {
    key                 = "team"
    value               = "shop"
    propagate_at_launch = true
  }
}
