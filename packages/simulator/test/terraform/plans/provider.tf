# The simulated cloud's address; it serves every service.
variable "endpoint" {
  type = string
}

# In which form the configuration is.
variable "variant" {
  type    = string
  default = "base"
}

locals {
  region = "eu-west-1"
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
    apigateway       = var.endpoint
    apigatewayv2     = var.endpoint
    ec2              = var.endpoint
    elbv2            = var.endpoint
    iam              = var.endpoint
    servicediscovery = var.endpoint
    route53          = var.endpoint
    sts              = var.endpoint
  }
}
