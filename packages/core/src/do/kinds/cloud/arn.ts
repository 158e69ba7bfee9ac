import { InvalidInputError } from '../../../ground/errors.js';

/** A parsed Amazon Resource Name: `arn:aws:elasticloadbalancing:eu-west-1:111122223333:listener/app/…`. */
export interface Arn {
  readonly partition: string;
  readonly service: string;
  readonly region: string;
  readonly account: string;
  /** All after the fifth colon. */
  readonly resource: string;
}

/** Printable ASCII only: no look-alike letters, no white space, no controls. The longest URI of an integration is 2,048. */
const ARN = /^arn:(aws[a-z-]{0,20}):([a-z0-9-]{1,64}):([a-z0-9-]{0,32}):(\d{12})?:([!-~]{1,1900})$/;

/**
 * Parses an ARN.
 * @throws {InvalidInputError} `INVALID_ARN`.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
 */
export function parseArn(text: string): Arn {
  const [, partition, service, region, account = '', resource] = ARN.exec(text) ?? [];
  if (partition === undefined || service === undefined || region === undefined || resource === undefined) {
    throw new InvalidInputError('INVALID_ARN', `${JSON.stringify(text.slice(0, 200))} is not an ARN`, {
      remedy: 'Write it as arn:<partition>:<service>:<region>:<account>:<resource>.',
    });
  }
  return { partition, service, region, account, resource };
}

/** The partition that a region belongs to: `aws`, `aws-cn` (China) or `aws-us-gov` (GovCloud), and the isolated ones. */
export function partitionOf(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn';
  if (region.startsWith('us-gov-')) return 'aws-us-gov';
  if (region.startsWith('us-isob-')) return 'aws-iso-b';
  if (region.startsWith('us-iso-')) return 'aws-iso';
  return 'aws';
}

/** The facts in a listener's ARN. */
export interface ListenerArn {
  /** `app`, `net` or `gwy`. */
  readonly type: string;
  readonly loadBalancerName: string;
  readonly loadBalancerArn: string;
}

/** The load balancer in a listener's ARN, or `undefined` where `text` is not a listener's ARN. */
export function parseListenerArn(text: string): ListenerArn | undefined {
  const match = /^(arn:[^:]+:elasticloadbalancing:[^:]+:\d{12}:)listener\/((app|net|gwy)\/([^/]+)\/[^/]+)\/[^/]+$/.exec(
    text,
  );
  const [, head, path, type, loadBalancerName] = match ?? [];
  if (head === undefined || path === undefined || type === undefined || loadBalancerName === undefined)
    return undefined;
  return { type, loadBalancerName, loadBalancerArn: `${head}loadbalancer/${path}` };
}
