# The simulated cloud's address; every service is behind it.
variable "endpoint" {
  type = string
}

variable "region" {
  type    = string
  default = "us-east-1"
}

# Whether to build the network as it is after some of it has changed.
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
  region     = var.region
  access_key = "AKIAIOSFODNN7EXAMPLE"
  secret_key = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
  # There is no instance around this program whose metadata could be asked.
  skip_metadata_api_check = true
  default_tags {
    tags = { suite = "postern" }
  }
  endpoints {
    ec2 = var.endpoint
    sts = var.endpoint
  }
}
