import type { AwsCall } from '../operation/call.js';
import type { RegionState } from '../state/region-state.js';
import type { ClientCertificateRow } from './state.js';
import { badRequest, notFound } from './words.js';

/** The words are [I]. */
export const unknownCertificate = () => notFound('Invalid client certificate identifier specified');

/** @throws {ServiceError} NotFoundException */
export function getCertificate(call: AwsCall, id: string): ClientCertificateRow {
  const row = call.state.restApi.clientCertificates.get(id);
  if (!row) throw unknownCertificate();
  return row;
}

/**
 * Refuses what no stage can present: an ID of no client certificate; an ARN [I] that is not of an imported or private certificate.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-acm-client-certificates.html
 * @throws {ServiceError} BadRequestException. The words are [I].
 */
export function checkPresented(call: AwsCall, id: string): string {
  const { restApi, acm } = call.state;
  const type = acm.certificates.get(id)?.type;
  if (restApi.clientCertificates.has(id) || (type !== undefined && type !== 'AMAZON_ISSUED')) return id;
  throw badRequest(`Invalid client certificate identifier specified: ${id}`);
}

/** Whether the client certificate of a stage has ended; undefined for a stage without one. */
export function certificateNow(
  { restApi, acm }: RegionState,
  id: string | undefined,
  now: number,
): 'valid' | 'expired' | undefined {
  if (id === undefined) return undefined;
  const end = restApi.clientCertificates.get(id)?.expirationDate ?? acm.certificates.get(id)?.content?.notAfter;
  return end !== undefined && end.getTime() <= now ? 'expired' : 'valid';
}
