resource "aws_api_gateway_vpc_link" "main" {
  name        = "orders"
  target_arns = [aws_lb.main.arn]
}
