import type { RegionNames } from '@postern/core/internal/driver';
import type { CredentialVariables, RoleNames } from '@postern/core/internal/kinds';

/**
 * eu-west-1, us-gov-west-1, cn-north-1
 * @see https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html
 */
export const AWS_REGIONS: RegionNames = {
  form: /^[a-z]{2}(?:-[a-z]{2,12}){1,3}-\d{1,2}$/,
  what: 'AWS region',
  example: 'eu-west-1',
  variables: ['AWS_REGION', 'AWS_DEFAULT_REGION'],
};

export const AWS_CREDENTIALS: CredentialVariables = {
  names: /^(?:AWS|AMAZON)_(?:ACCESS_KEY|SECRET|SESSION|SECURITY|CONTAINER_AUTHORIZATION)/i,
  because: 'the AWS tools read credentials from it',
};

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-arns */
export const AWS_ROLES: RoleNames = {
  form: /^arn:aws[a-z-]{0,20}:iam::(?:\{account\}|\d{12}):role\/[\w+=,.@/-]{1,512}$/,
  account: /::([^:]+):role\//,
  example: 'arn:aws:iam::{account}:role/postern',
};
