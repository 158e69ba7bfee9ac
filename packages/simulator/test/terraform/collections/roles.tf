resource "aws_cloudwatch_log_group" "l" {
  name              = "/ecs/orders"
  retention_in_days = var.changed ? 30 : 14
}
data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["ecs-tasks.amazonaws.com"]
    }
  }
}
data "aws_iam_policy_document" "logs" {
  statement {
    actions   = var.changed ? ["logs:PutLogEvents"] : ["logs:PutLogEvents", "logs:CreateLogStream"]
    resources = ["${aws_cloudwatch_log_group.l.arn}:*"]
  }
}
resource "aws_iam_role" "task" {
  name                 = "task"
  assume_role_policy   = data.aws_iam_policy_document.trust.json
  description          = var.changed ? "tasks" : null
  max_session_duration = var.changed ? 7200 : 3600
}
resource "aws_iam_role_policy" "inline" {
  role   = aws_iam_role.task.id
  policy = data.aws_iam_policy_document.logs.json
}
resource "aws_iam_policy" "managed" {
  name_prefix = "logs-"
  policy      = data.aws_iam_policy_document.logs.json
}
resource "aws_iam_role_policy_attachment" "own" {
  role       = aws_iam_role.task.name
  policy_arn = aws_iam_policy.managed.arn
}
resource "aws_iam_role_policy_attachment" "aws" {
  role       = aws_iam_role.task.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"
}
resource "aws_iam_instance_profile" "p" {
  name = "profile"
  role = aws_iam_role.task.name
}
resource "aws_iam_service_linked_role" "ecs" { aws_service_name = "ecs.amazonaws.com" }
data "aws_iam_role" "task" { name = aws_iam_role.task.name }
