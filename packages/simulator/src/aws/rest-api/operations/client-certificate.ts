import { checkTags } from '../api/api.js';
import { unknownCertificate } from '../client-certificate.js';
import { collection, REGION } from '../collection.js';
import { textMember } from '../patch.js';
import type { ClientCertificateRow } from '../state.js';
import { badRequest } from '../words.js';

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
        ...(description !== undefined && { description }),
        createdDate: new Date(call.now),
        expirationDate: new Date(call.now + VALID_MS),
        tags: checkTags(tags),
      };
      call.state.restApi.clientCertificates.set(row.clientCertificateId, row);
      return { ...row };
    },
  },
});
