resource "aws_apigatewayv2_vpc_link" "main" {
  name               = "orders"
  security_group_ids = [aws_security_group.link.id]
  subnet_ids         = aws_subnet.private[*].id
}
