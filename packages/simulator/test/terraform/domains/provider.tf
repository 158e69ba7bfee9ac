# The simulated cloud's address; it serves every service.
variable "endpoint" {
  type = string
}

# Whether to build everything in its changed form.
variable "changed" {
  type    = bool
  default = false
}

terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "5.100.0"
    }
  }
}

provider "aws" {
  region                  = "eu-west-1"
  access_key              = "AKIAIOSFODNN7EXAMPLE"
  secret_key              = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
  skip_metadata_api_check = true
  endpoints {
    acm          = var.endpoint
    apigateway   = var.endpoint
    apigatewayv2 = var.endpoint
    ec2          = var.endpoint
    sts          = var.endpoint
  }
}
