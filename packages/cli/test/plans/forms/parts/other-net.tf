# Another network, which nothing joins with the first one.
resource "aws_vpc" "other" {
  cidr_block = "10.50.0.0/16"
}

resource "aws_subnet" "other" {
  count             = 2
  vpc_id            = aws_vpc.other.id
  cidr_block        = cidrsubnet(aws_vpc.other.cidr_block, 8, count.index)
  availability_zone = "eu-west-1${["a", "b"][count.index]}"
}

resource "aws_security_group" "other" {
  name   = "other"
  vpc_id = aws_vpc.other.id
  ingress {
    from_port   = 8080
    to_port     = 8080
    protocol    = "tcp"
    cidr_blocks = ["10.0.0.0/8"]
  }
  egress {
    from_port   = 0
    to_port     = 0
    protocol    = "-1"
    cidr_blocks = ["0.0.0.0/0"]
  }
}
