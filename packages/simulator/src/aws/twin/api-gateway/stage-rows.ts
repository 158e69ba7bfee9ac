import type { Stage } from '@postern/core/internal/snapshot';
import type { AwsCall } from '../../operation/operation.js';

// What stages of REST, HTTP and WebSocket APIs have alike.

/** How long a certificate is assumed to be valid whose end is not in the snapshot. */
const ASSUMED_MS = 365 * 86_400_000;

/** The client certificate that a stage presents, where API Gateway generated it. Those of Certificate Manager are not in snapshots. */
export function loadClientCertificate(call: AwsCall, { clientCertificate: { id, notAfter } = {} }: Stage): void {
  if (id === undefined || id.startsWith('arn:')) return;

  call.state.restApi.clientCertificates.set(id, {
    clientCertificateId: id,
    createdDate: new Date(call.now),
    expirationDate: notAfter === undefined ? new Date(call.now + ASSUMED_MS) : new Date(notAfter),
    tags: {},
  });
}

/** The tags by which it is known which specs wrote settings of a stage. */
export function settingsTags(configuredBy: Stage['configuredBy'] = []): Record<string, string> {
  return Object.fromEntries(
    configuredBy.map(({ project, spec, settings }) => [
      `postern:settings:${project}${spec === undefined ? '' : `@${spec}`}`,
      settings.join(' '),
    ]),
  );
}
