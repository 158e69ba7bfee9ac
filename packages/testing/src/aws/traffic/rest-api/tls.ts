import { covers } from '../../rest-api/domain/certificates.js';
import type { Endpoint } from '../../rest-api/execution/address.js';
import { CONFIGURATION_ERROR } from '../../rest-api/execution/failure.js';
import type { ListenerRow, LoadBalancingState } from '../../state/load-balancing-state.js';
import type { RegionState } from '../../state/region-state.js';
import { perVersion } from './per-version.js';

/** Why a connection that was made carries no request. */
export interface TlsProblem {
  readonly because: string;
  /** As the execution log has it. */
  readonly reason: string;
}

/** The listeners of a region by the ARN of their load balancer, and by their port. */
const listenersByPlace = perVersion(({ listeners }: LoadBalancingState) => {
  const byPlace = new Map<string, Map<number | undefined, ListenerRow>>();
  for (const row of listeners.values()) {
    const known = byPlace.get(row.loadBalancerArn) ?? new Map<number | undefined, ListenerRow>();
    byPlace.set(row.loadBalancerArn, known.set(row.port, row));
  }
  return byPlace;
});

const OVER_TLS = new Set(['HTTPS', 'TLS']);

/**
 * Whether an integration and the listener that it calls do not understand each other: one of them expects TLS, or no
 * certificate of the listener is for the host of the URI. `insecureSkipVerification` leaves only the check of the issuer
 * out. What a TCP listener passes on is up to the backend, whose certificate is taken to be right.
 * @see https://docs.aws.amazon.com/apigateway/latest/api/API_TlsConfig.html
 */
export function tlsProblem(
  { loadBalancing, acm }: RegionState,
  version: number,
  balancerArn: string,
  { isTls, name, port }: Endpoint,
): TlsProblem | undefined {
  const listener = listenersByPlace(loadBalancing, version).get(balancerArn)?.get(port);
  const expectsTls = OVER_TLS.has(listener?.protocol ?? '');
  if (!listener || listener.protocol === 'TCP' || listener.protocol === 'TCP_UDP' || (!isTls && !expectsTls))
    return undefined;
  if (isTls !== expectsTls) {
    const because = `The listener on port ${port} expects ${listener.protocol}, and the URI of the integration begins with ${isTls ? 'https' : 'http'}.`;
    return { because, reason: `${CONFIGURATION_ERROR} There was an internal error while executing your request` };
  }
  const arns = [listener.certificateArn, ...listener.extraCertificateArns];
  const certificates = arns.map((arn) => acm.certificates.get(arn ?? ''));
  const names = certificates.flatMap((one) => (one ? [one.domainName, ...one.subjectAlternativeNames] : []));
  if (certificates.includes(undefined) || names.some((one) => covers(one, name.toLowerCase()))) return undefined;
  return {
    because: `No certificate of the listener on port ${port} is for ${name}: they are for ${names.join(', ')}.`,
    reason: `${CONFIGURATION_ERROR} Host name '${name}' does not match the certificate subject provided by the peer (CN=${names[0]})`,
  };
}
