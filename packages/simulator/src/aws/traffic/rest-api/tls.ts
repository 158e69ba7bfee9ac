import { covers } from '../../rest-api/domain/domain.js';
import type { Endpoint } from '../../rest-api/execution/address.js';
import { CONFIGURATION_ERROR } from '../../rest-api/execution/failure.js';
import type { ListenerRow } from '../../load-balancing/state.js';
import type { RegionState } from '../../state/region-state.js';

/** Why a connection that was made carries no request. */
export interface TlsProblem {
  readonly because: string;
  /** As the execution log has it. */
  readonly reason: string;
}

/**
 * Whether no certificate of the listener at which an integration's TLS session ends is for the host of the URI.
 * `insecureSkipVerification` leaves only the check of the issuer out. The certificate of a backend that ends TLS itself is taken to be
 * right.
 * @see https://docs.aws.amazon.com/apigateway/latest/api/API_TlsConfig.html
 */
export function certificateProblem(
  { acm }: RegionState,
  listener: ListenerRow | undefined,
  { name }: Endpoint,
): TlsProblem | undefined {
  if (!listener) return undefined;
  const arns = [listener.certificateArn, ...listener.extraCertificateArns];
  const certificates = arns.map((arn) => acm.certificates.get(arn ?? ''));
  const names = certificates.flatMap((one) => (one ? [one.domainName, ...one.subjectAlternativeNames] : []));
  if (certificates.includes(undefined) || names.some((one) => covers(one, name.toLowerCase()))) return undefined;
  return {
    because: `No certificate of the listener on port ${listener.port} is for ${name}: they are for ${names.join(', ')}.`,
    reason: `${CONFIGURATION_ERROR} Host name '${name}' does not match the certificate subject provided by the peer (CN=${names[0]})`,
  };
}
