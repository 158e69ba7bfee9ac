import { covers } from '../../rest-api/domain/domain.js';
import type { IntegrationRow } from '../../http-api/state.js';
import type { ListenerRow } from '../../load-balancing/state.js';
import type { RegionState } from '../../state/region-state.js';

/**
 * Why the certificate of the listener at which an integration's TLS session ends does not suit it: it has to have the name to verify.
 * A target that ends TLS itself is taken to have the right certificate, and so is a listener with one that the simulation does not have.
 *
 * Which answer callers get is [U]: 500, as REST APIs answer; where no TLS session is made (`listenerRefuses`), 503.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-private.html
 */
export function certificateProblem(
  region: RegionState,
  { TlsConfig }: IntegrationRow,
  listener: ListenerRow | undefined,
): string | undefined {
  const name = TlsConfig?.ServerNameToVerify;
  if (name === undefined || listener === undefined) return undefined;
  const { port, certificateArn, extraCertificateArns = [] } = listener;
  const arns = [certificateArn ?? '', ...extraCertificateArns];
  const rows = arns.flatMap((one) => region.acm.certificates.get(one) ?? []);
  const isKnown = rows.length === arns.length;
  if (!isKnown || rows.some((row) => row.subjectAlternativeNames.some((one) => covers(one, name)))) return undefined;
  return `No certificate of the listener on port ${port} has the name ${name}.`;
}
