import { partitionOf } from '@postern/core/driver';

/**
 * The ARN under which a VPC link is tagged: `arn:aws:apigateway:eu-west-1::/vpclinks/ab12cd`.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/arn-format-reference.html
 */
export function vpcLinkArn(region: string, vpcLinkId: string): string {
  return `arn:${partitionOf(region)}:apigateway:${region}::/vpclinks/${vpcLinkId}`;
}
