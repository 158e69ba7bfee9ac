import { covers } from '../../rest-api/domain/certificates.js';
import type { IntegrationRow } from '../../state/api-gateway-state.js';
import type { RegionState } from '../../state/region-state.js';

/** Why gateway and listener do not understand each other. */
export interface TlsProblem {
  readonly answer: 'internal' | 'unavailable';
  readonly because: string;
}

/**
 * Why a listener's protocol or certificate does not suit an integration: TLS is spoken where `TlsConfig` is given, and the
 * certificate has to have the name to verify. What passes TLS on to its targets (TCP listeners, Cloud Map) is taken to have the
 * right certificate, and so is a listener with a certificate that the simulation does not have.
 *
 * Which answers callers get is [U]: 503 where no TLS connection is made, 500 for a certificate with other names, as REST APIs
 * answer.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-private.html
 */
export function tlsProblem(
  region: RegionState,
  { IntegrationUri: arn = '', TlsConfig }: IntegrationRow,
): TlsProblem | undefined {
  const listener = region.loadBalancing.listeners.get(arn);
  if (!listener) return undefined;
  const { protocol, port, certificateArn, extraCertificateArns = [] } = listener;
  const name = TlsConfig?.ServerNameToVerify;
  const isTls = protocol === 'HTTPS' || protocol === 'TLS';
  if (name === undefined) {
    const because = `The listener on port ${port} speaks ${protocol}, and the integration has no TlsConfig.`;
    return isTls ? { answer: 'unavailable', because } : undefined;
  }
  if (protocol === 'HTTP') {
    return { answer: 'unavailable', because: `The listener on port ${port} speaks HTTP, and the integration TLS.` };
  }
  const arns = [certificateArn ?? '', ...extraCertificateArns];
  const rows = arns.flatMap((one) => region.acm.certificates.get(one) ?? []);
  const isKnown = isTls && rows.length === arns.length;
  if (!isKnown || rows.some((row) => row.subjectAlternativeNames.some((one) => covers(one, name)))) return undefined;
  return { answer: 'internal', because: `No certificate of the listener on port ${port} has the name ${name}.` };
}
