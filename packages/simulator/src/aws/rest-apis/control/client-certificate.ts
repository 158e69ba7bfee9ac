import { rowBy } from '../../../simulation/raise.js';
import { defined } from '../../../simulation/defined.js';
import type { AwsCall } from '../../operation/operation.js';
import type { RegionState } from '../../state/aws-state.js';
import type { ClientCertificateRow } from './state.js';
import { badRequest, notFound } from './words.js';
import { checkTags } from './api/api.js';
import { collection, REGION } from './collection.js';
import { textMember } from './patch.js';

/** The words are [I]. */
const unknownCertificate = () => notFound('Invalid client certificate identifier specified');

/** @throws {ServiceError} NotFoundException */
export const getCertificate = rowBy((call: AwsCall) => call.state.restApi.clientCertificates, unknownCertificate);

/**
 * Refuses what no stage can present: an ID of no client certificate; an ARN [I] that is not of an imported or private certificate.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-acm-client-certificates.html
 * @throws {ServiceError} BadRequestException. The words are [I].
 */
export function checkPresented(call: AwsCall, id: string): string {
  const { restApi, acm } = call.state;
  const type = acm.certificates.get(id)?.fields.Type;
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

  const end = restApi.clientCertificates.get(id)?.expirationDate ?? acm.certificates.get(id)?.fields.NotAfter;
  return end !== undefined && end.getTime() <= now ? 'expired' : 'valid';
}

/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/getting-started-client-side-ssl-authentication.html */
const VALID_MS = 365 * 86_400_000;

/** Client certificates that stages present to backends. No key pair is generated, so that answers have no PEM. */
export const clientCertificateOperations = collection({
  name: 'ClientCertificate',
  of: REGION,
  rows: 'clientCertificates',
  key: ['clientCertificateId', ({ clientCertificateId }) => clientCertificateId],
  unknown: unknownCertificate,
  patch: { '/description': textMember<ClientCertificateRow>('description') },
  /** One that no stage presents. The refusal is [I]. */
  unused(_, { clientCertificateId: id }, { state: { restApi, apiGateway } }) {
    const stages = [
      ...[...restApi.apis.values()].flatMap((api) => [...api.stages.values()].map((row) => row.clientCertificateId)),
      ...[...apiGateway.apis.values()].flatMap((api) => [...api.stages.values()].map((row) => row.ClientCertificateId)),
    ];
    if (stages.includes(id)) throw badRequest(`Client certificate ${id} is in use by a stage`);
  },
  own: {
    /** Generates a client certificate, which ends after 365 days. */
    GenerateClientCertificate(call, { description, tags }) {
      const row: ClientCertificateRow = {
        clientCertificateId: call.id('', 6, 'base36'),
        ...defined({ description }),
        createdDate: new Date(call.now),
        expirationDate: new Date(call.now + VALID_MS),
        tags: checkTags(tags),
      };
      call.state.restApi.clientCertificates.set(row.clientCertificateId, row);
      return { ...row };
    },
  },
});
