import { partitionOf } from './cloud/arn.js';

/**
 * The ARN under which a VPC link is tagged: `arn:aws:apigateway:eu-west-1::/vpclinks/ab12cd`.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/arn-format-reference.html
 */
export function vpcLinkArn(region: string, vpcLinkId: string): string {
  return `arn:${partitionOf(region)}:apigateway:${region}::/vpclinks/${vpcLinkId}`;
}

/**
 * The ARN under which a stage of a REST API is tagged: `arn:aws:apigateway:eu-west-1::/restapis/a1b2c3/stages/prod`.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/arn-format-reference.html
 */
export function restStageArn(region: string, restApiId: string, stageName: string): string {
  return `arn:${partitionOf(region)}:apigateway:${region}::/restapis/${restApiId}/stages/${stageName}`;
}

/**
 * The ARN under which a stage of an HTTP or WebSocket API is tagged: `arn:aws:apigateway:eu-west-1::/apis/a1b2c3/stages/$default`.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/arn-format-reference.html
 */
export function stageArn(region: string, apiId: string, stageName: string): string {
  return `arn:${partitionOf(region)}:apigateway:${region}::/apis/${apiId}/stages/${stageName}`;
}
