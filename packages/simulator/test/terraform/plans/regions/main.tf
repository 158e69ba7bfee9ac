# The same module in two regions.
provider "aws" {
  alias                   = "west"
  region                  = "us-west-2"
  access_key              = "AKIAIOSFODNN7EXAMPLE"
  secret_key              = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
  skip_metadata_api_check = true
  endpoints {
    apigatewayv2 = var.endpoint
    ec2          = var.endpoint
    elbv2        = var.endpoint
    iam          = var.endpoint
    sts          = var.endpoint
  }
}

module "home" {
  source = "./shop"
  region = "eu-west-1"
}

module "west" {
  source    = "./shop"
  providers = { aws = aws.west }
  region    = "us-west-2"
  variant   = var.variant
}

output "host" {
  value = module.west.host
}

output "other" {
  value = module.home.host
}
