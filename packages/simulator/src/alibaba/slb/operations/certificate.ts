import { createPrivateKey, X509Certificate } from 'node:crypto';
import type { AlibabaRegionState } from '../../state/region-state.js';
import { slbFamily } from '../../vpc/request/family.js';
import { seconds } from '../../vpc/request/text-rules.js';
import { slbWords } from '../request.js';
import type { ListenerRow, ServerCertificateRow } from '../state.js';
import { neededText, text } from '../../operation/parameters.js';

/** Certificates, and those of further domains of HTTPS listeners. No listener of the simulation speaks TLS. */
export const certificateActions = slbFamily({
  UploadServerCertificate: {
    parameters: {
      ServerCertificate: neededText,
      PrivateKey: neededText,
      ServerCertificateName: { ...text, length: [1, 80] },
    },
    run(call, { ServerCertificate, PrivateKey, ServerCertificateName }) {
      const certificate = readCertificate(ServerCertificate, PrivateKey);
      const id = `${call.account}_${call.id('', 24, 'hex')}`;
      const name = ServerCertificateName ?? id;
      const row: ServerCertificateRow = { id, name, ...certificate, createdAt: call.now };
      call.state.slb.serverCertificates.set(id, row);
      return certificateView(row, call.region);
    },
  },

  DescribeServerCertificates: {
    parameters: { ServerCertificateId: text },
    run({ state, region }, { ServerCertificateId: id }) {
      const rows = [...state.slb.serverCertificates.values()].filter((row) => id === undefined || row.id === id);
      return { ServerCertificates: { ServerCertificate: rows.map((row) => certificateView(row, region)) } };
    },
  },

  /** One that a listener uses stays. */
  DeleteServerCertificate: {
    parameters: { ServerCertificateId: neededText },
    run({ state }, { ServerCertificateId }) {
      const { id } = getCertificate(state, ServerCertificateId);
      if (listenersOf(state).some(({ settings }) => settings['ServerCertificateId'] === id))
        throw slbWords.certificateInUse();

      state.slb.serverCertificates.delete(id);
      return {};
    },
  },
});

type Content = Pick<ServerCertificateRow, 'fingerprint' | 'commonName' | 'names' | 'expiresAt'>;

function readCertificate(certificate: string, key: string): Content {
  const wrong = slbWords.invalid('The specified parameter ServerCertificate or PrivateKey is not valid.'); // [?] the words
  const parsed = attempt(() => ({ leaf: new X509Certificate(certificate), own: createPrivateKey(key) }), wrong);
  const { leaf, own } = parsed;
  if (!leaf.checkPrivateKey(own)) throw slbWords.certificateMismatch();

  const [, commonName = ''] = /^CN=(.+)$/m.exec(leaf.subject) ?? [];
  const names = (leaf.subjectAltName ?? '')
    .split(', ')
    .flatMap((name) => (name.startsWith('DNS:') ? [name.slice(4)] : []));
  return { fingerprint: leaf.fingerprint.toLowerCase(), commonName, names, expiresAt: Date.parse(leaf.validTo) };
}

function attempt<T>(read: () => T, wrong: Error): T {
  try {
    return read();
  } catch {
    throw wrong;
  }
}

function getCertificate({ slb }: AlibabaRegionState, id: string): ServerCertificateRow {
  const row = slb.serverCertificates.get(id);
  if (!row) throw slbWords.noCertificate();

  return row;
}

function listenersOf({ slb }: AlibabaRegionState): readonly ListenerRow[] {
  return [...slb.loadBalancers.values()].flatMap(({ listeners }) => [...listeners.values()]);
}

function certificateView(row: ServerCertificateRow, region: string) {
  return {
    ServerCertificateId: row.id,
    ServerCertificateName: row.name,
    Fingerprint: row.fingerprint,
    CommonName: row.commonName,
    SubjectAlternativeNames: { SubjectAlternativeName: row.names },
    ExpireTime: seconds(row.expiresAt),
    ExpireTimeStamp: row.expiresAt,
    CreateTime: seconds(row.createdAt),
    CreateTimeStamp: row.createdAt,
    IsAliCloudCertificate: 0,
    RegionId: region,
    ResourceGroupId: '',
  };
}
