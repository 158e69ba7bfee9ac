import { CloudError, plainCopy } from '@postern/core/adapter';

/** The SDK's metadata, and what answers may hold of secrets: the keys of tunnels and lines, an identity provider's. */
const LEFT_OUT: ReadonlySet<string> = new Set([
  '$metadata',
  'authKey',
  'ClientSecret',
  'CustomerGatewayConfiguration',
  'customerRouterConfig',
  'PreSharedKey',
]);

/** What a cloud answered as plain JSON, for `raw`: dates as ISO 8601, nothing undefined, no metadata, no secrets. */
export function plain(value: unknown): unknown {
  return plainCopy(value, LEFT_OUT);
}

/**
 * A member that the service always sends. Its absence means that the response came from another sender: an
 * empty 200 of a proxy would otherwise count as an empty list.
 * @throws {CloudError} `BAD_RESPONSE`
 */
export function sent<T>(value: T | undefined, member: string, operation: string, write = false): T {
  if (value !== undefined) return value;

  throw new CloudError('BAD_RESPONSE', `the response has no ${member}`, {
    operation,
    outcomeUnknown: write,
    remedy: 'Check for a proxy between this machine and AWS, and check the endpoint.',
  });
}

/** A type of the SDK in which the members that the service always sends are there. */
export type Sent<T, K extends keyof T> = T & { readonly [M in K]-?: NonNullable<T[M]> };

/** The same answer or item, once all of these members are there. @throws {CloudError} `BAD_RESPONSE` */
export function allSent<T, K extends keyof T & string>(
  value: T,
  members: readonly K[],
  operation: string,
  write = false,
): Sent<T, K> {
  for (const member of members) sent(value[member], member, operation, write);
  return value as Sent<T, K>;
}

/** Tags as EC2 writes them, as a plain map. */
export function tagMap(
  tags: readonly { readonly Key?: string | undefined; readonly Value?: string | undefined }[] | undefined,
): Readonly<Record<string, string>> {
  // fromEntries defines members, so that a tag named __proto__ stays a tag.
  return Object.fromEntries((tags ?? []).map(({ Key = '', Value = '' }) => [Key, Value]));
}
