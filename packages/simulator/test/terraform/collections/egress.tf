resource "aws_internet_gateway" "igw" {
  vpc_id = aws_vpc.v.id
}
resource "aws_eip" "nat" {
  domain = "vpc"
}
resource "aws_eip" "instance" {
  domain     = "vpc"
  instance   = aws_instance.fixed.id
  depends_on = [aws_internet_gateway.igw]
}
resource "aws_nat_gateway" "public" {
  allocation_id = aws_eip.nat.id
  subnet_id     = aws_subnet.s.id
  tags          = { Name = var.changed ? "outside" : "nat" }
  depends_on    = [aws_internet_gateway.igw]
}
resource "aws_nat_gateway" "private" {
  connectivity_type = "private"
  subnet_id         = aws_subnet.s.id
}
resource "aws_route_table" "t" {
  vpc_id = aws_vpc.v.id
  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = aws_nat_gateway.public.id
  }
}
resource "aws_route" "r" {
  route_table_id         = aws_route_table.other.id
  destination_cidr_block = "192.168.0.0/16"
  nat_gateway_id         = aws_nat_gateway.private.id
}
resource "aws_route_table" "other" {
  vpc_id = aws_vpc.v.id
}
resource "aws_vpc_endpoint" "s3" {
  vpc_id          = aws_vpc.v.id
  service_name    = "com.amazonaws.${var.region}.s3"
  route_table_ids = var.changed ? [aws_route_table.t.id, aws_route_table.other.id] : [aws_route_table.t.id]
}
resource "aws_vpc_endpoint" "logs" {
  vpc_id              = aws_vpc.v.id
  service_name        = "com.amazonaws.${var.region}.logs"
  vpc_endpoint_type   = "Interface"
  subnet_ids          = [aws_subnet.s.id]
  security_group_ids  = [aws_security_group.g.id]
  private_dns_enabled = true
}
