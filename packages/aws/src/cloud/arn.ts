import { InvalidInputError } from '@postern/core/internal/kinds';

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
  const arn = strictArn(text);
  if (arn !== undefined) return arn;

  throw new InvalidInputError('INVALID_ARN', `${JSON.stringify(text.slice(0, 200))} is not an ARN`, {
    remedy: 'Write it as arn:<partition>:<service>:<region>:<account>:<resource>.',
  });
}

/** As {@link parseArn}; `undefined` if a text is not one. */
export const strictArn = (text: string): Arn | undefined => (ARN.test(text) ? readArn(text) : undefined);

/** Reads an ARN; `undefined` if a text is not one. */
export function readArn(text: string): Arn | undefined {
  if (!text.startsWith('arn:')) return undefined;

  const ofService = text.indexOf(':', 4) + 1;
  const ofRegion = text.indexOf(':', ofService) + 1;
  const ofAccount = text.indexOf(':', ofRegion) + 1;
  const ofResource = text.indexOf(':', ofAccount) + 1;
  if (ofService === 0 || ofRegion === 0 || ofAccount === 0 || ofResource === 0) return undefined;

  const partition = text.slice(4, ofService - 1);
  const service = text.slice(ofService, ofRegion - 1);
  const resource = text.slice(ofResource);
  if (partition === '' || service === '' || resource === '') return undefined;

  const region = text.slice(ofRegion, ofAccount - 1);
  return { partition, service, region, account: text.slice(ofAccount, ofResource - 1), resource };
}

/**
 * Partitions besides `aws`, by how the names of their regions begin: China, GovCloud, the European Sovereign Cloud, and the isolated ones.
 * @see https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html
 */
const PARTITIONS: Readonly<Record<string, string>> = {
  'cn-': 'aws-cn',
  'us-gov-': 'aws-us-gov',
  'eusc-': 'aws-eusc',
  'us-iso-': 'aws-iso',
  'us-isob-': 'aws-iso-b',
  'eu-isoe-': 'aws-iso-e',
  'us-isof-': 'aws-iso-f',
};

const KNOWN_PARTITIONS: ReadonlySet<string> = new Set(['aws', ...Object.values(PARTITIONS)]);

/** The partition that a region belongs to; `aws` where the beginning of its name is in no table. */
export function partitionOf(region: string): string {
  return Object.entries(PARTITIONS).find(([beginning]) => region.startsWith(beginning))?.[1] ?? 'aws';
}

/** Whether a region is certainly not in a partition. A partition that the table lacks may have it. */
export function isOutside(partition: string, region: string): boolean {
  return KNOWN_PARTITIONS.has(partition) && partition !== partitionOf(region);
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
