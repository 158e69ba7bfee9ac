import { alwaysSentBy, plainCopy } from '@postern/core/internal/adapter';

export type { Sent } from '@postern/core/internal/adapter';

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

/** Members that a service always sends. @throws {CloudError} `BAD_RESPONSE` */
export const { sent, allSent } = alwaysSentBy('AWS');

/** Tags as EC2 writes them, as a plain map. */
export function tagMap(
  tags: readonly { readonly Key?: string | undefined; readonly Value?: string | undefined }[] | undefined,
): Readonly<Record<string, string>> {
  // fromEntries defines members, so that a tag named __proto__ stays a tag.
  return Object.fromEntries((tags ?? []).map(({ Key = '', Value = '' }) => [Key, Value]));
}
