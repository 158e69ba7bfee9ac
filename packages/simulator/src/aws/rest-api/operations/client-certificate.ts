import { checkTags } from '../api/tags.js';
import { getCertificate } from '../client-certificate/find.js';
import { family } from '../family.js';
import { listPage } from '../list.js';
import { PATCH_LIMITS, patched, textMember, type PatchTable } from '../patch.js';
import type { ClientCertificateRow } from '../state.js';
import { badRequest } from '../words.js';

/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/getting-started-client-side-ssl-authentication.html */
const VALID_MS = 365 * 86_400_000;

const TABLE: PatchTable<ClientCertificateRow> = { '/description': textMember('description') };

/** Client certificates that stages present to backends. No key pair is generated, so that answers have no PEM. */
export const clientCertificateOperations = family({
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

  /** One client certificate. */
  GetClientCertificate: (call, { clientCertificateId }) => ({ ...getCertificate(call, clientCertificateId) }),

  /** The client certificates of the region. */
  GetClientCertificates: (call, input) =>
    listPage(
      [...call.state.restApi.clientCertificates.values()].map((row) => ({ ...row })),
      input,
      'GetClientCertificates',
      ({ clientCertificateId }) => clientCertificateId,
    ),

  /** Changes the description of a client certificate. */
  UpdateClientCertificate: {
    limits: PATCH_LIMITS,
    run(call, { clientCertificateId, patchOperations }) {
      const row = patched(getCertificate(call, clientCertificateId), patchOperations, TABLE);
      call.state.restApi.clientCertificates.set(row.clientCertificateId, row);
      return { ...row };
    },
  },

  /** Deletes a client certificate that no stage presents. The refusal is [I]. */
  DeleteClientCertificate(call, { clientCertificateId: id }) {
    getCertificate(call, id);
    const { restApi, apiGateway } = call.state;
    const used =
      [...restApi.apis.values()].some(({ stages }) =>
        [...stages.values()].some((one) => one.clientCertificateId === id),
      ) ||
      [...apiGateway.apis.values()].some(({ stages }) =>
        [...stages.values()].some((one) => one.ClientCertificateId === id),
      );
    if (used) throw badRequest(`Client certificate ${id} is in use by a stage`);
    restApi.clientCertificates.delete(id);
    return {};
  },
});
