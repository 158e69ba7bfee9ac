import { VPC_LINK_V1, VPC_LINK_V2 } from '../cloud/rules.js';

/** What the value of the cloud refuses of VPC links. */
export const vpcLinks = {
  rules: { 'vpc-link-v2': VPC_LINK_V2, 'vpc-link-v1': VPC_LINK_V1 },
} as const;
