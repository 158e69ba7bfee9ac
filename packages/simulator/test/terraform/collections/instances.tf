resource "aws_vpc" "v" {
  cidr_block           = "10.0.0.0/16"
  enable_dns_hostnames = true
}
resource "aws_subnet" "s" {
  vpc_id            = aws_vpc.v.id
  cidr_block        = "10.0.1.0/24"
  availability_zone = "us-east-1a"
}
resource "aws_security_group" "g" {
  vpc_id = aws_vpc.v.id
}
resource "aws_instance" "burstable" {
  ami                     = "ami-0123456789abcdef0"
  instance_type           = "t3.micro"
  subnet_id               = aws_subnet.s.id
  vpc_security_group_ids  = [aws_security_group.g.id]
  user_data               = "#!/bin/sh\necho hi"
  iam_instance_profile    = aws_iam_instance_profile.p.name
  disable_api_termination = false
}
resource "aws_instance" "fixed" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "m5.large"
  subnet_id     = aws_subnet.s.id
  monitoring    = var.changed
  metadata_options {
    http_tokens = "required"
  }
  root_block_device {
    volume_size = 20
    volume_type = "gp3"
  }
  source_dest_check = !var.changed
  tags              = { Name = "fixed" }
  volume_tags       = { Name = "fixed" }
}
