# The simulated cloud's address; it serves every service.
variable "endpoint" {
  type = string
}

variable "region" {
  type    = string
  default = "us-east-1"
}

# Whether to build the zones in their changed form.
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
  # This program runs on no instance, so no instance metadata exists.
  skip_metadata_api_check = true
  default_tags {
    tags = { suite = "postern" }
  }
}
