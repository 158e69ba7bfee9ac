resource "aws_vpc" "v" { cidr_block = "10.0.0.0/16" }
resource "aws_vpc" "w" { cidr_block = "10.1.0.0/16" }
resource "aws_subnet" "s" {
  count             = 2
  vpc_id            = aws_vpc.v.id
  cidr_block        = cidrsubnet(aws_vpc.v.cidr_block, 8, count.index)
  availability_zone = "${var.region}${["a", "b"][count.index]}"
}
resource "aws_lb" "l" {
  name               = "orders"
  internal           = true
  load_balancer_type = "network"
  subnets            = aws_subnet.s[*].id
}
resource "aws_route53_zone" "public" {
  name    = "shop.example.com"
  comment = var.changed ? "orders" : "shop"
  tags    = { team = var.changed ? "payments" : "orders" }
}
resource "aws_route53_zone" "private" {
  name = "shop.internal"
  dynamic "vpc" {
    for_each = var.changed ? [aws_vpc.v.id, aws_vpc.w.id] : [aws_vpc.v.id]
    content { vpc_id = vpc.value }
  }
}
resource "aws_route53_record" "alias" {
  zone_id = aws_route53_zone.private.zone_id
  name    = "orders"
  type    = "A"
  alias {
    name                   = aws_lb.l.dns_name
    zone_id                = aws_lb.l.zone_id
    evaluate_target_health = true
  }
}
resource "aws_route53_record" "cname" {
  zone_id = aws_route53_zone.public.zone_id
  name    = "www.shop.example.com"
  type    = "CNAME"
  ttl     = var.changed ? 60 : 300
  records = [aws_lb.l.dns_name]
}
resource "aws_route53_record" "wildcard" {
  zone_id = aws_route53_zone.public.zone_id
  name    = "*.shop.example.com"
  type    = "TXT"
  ttl     = 300
  records = ["any name"]
}
resource "aws_route53_record" "weighted" {
  count          = 2
  zone_id        = aws_route53_zone.private.zone_id
  name           = "carts"
  type           = "A"
  ttl            = 60
  set_identifier = ["blue", "green"][count.index]
  records        = ["10.0.0.${count.index + 10}"]
  weighted_routing_policy {
    weight = count.index * 10
  }
}
data "aws_route53_zone" "public" {
  name = aws_route53_zone.public.name
}
