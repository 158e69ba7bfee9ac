import { createPrivateKey, X509Certificate } from 'node:crypto';
import type { AlibabaRegionState } from '../../state/alibaba-state.js';
import type { AlibabaCall } from '../../operation/operation.js';
import { slbFamily, seconds } from '../../vpc/request/text-rules.js';
import { slbWords } from '../request.js';
import type { ListenerRow, ServerCertificateRow } from '../state.js';
import { neededText, text, action } from '../../operation/family.js';

/** Certificates, and those of further domains of HTTPS listeners. No listener of the simulation speaks TLS. */
export const certificateActions = slbFamily({
  UploadServerCertificate: action(
    { ServerCertificate: neededText, PrivateKey: neededText, ServerCertificateName: { ...text, length: [1, 80] } },
    (call, { ServerCertificate, PrivateKey, ServerCertificateName }) => {
      const row = newCertificate(call, ServerCertificate, PrivateKey, ServerCertificateName);
      call.state.slb.serverCertificates.set(row.ServerCertificateId, row);
      return row;
    },
  ),

  DescribeServerCertificates: action({ ServerCertificateId: text }, ({ state }, { ServerCertificateId: id }) => {
    const rows = [...state.slb.serverCertificates.values()].filter(
      (row) => id === undefined || row.ServerCertificateId === id,
    );
    return { ServerCertificates: { ServerCertificate: rows } };
  }),

  /** One that a listener uses stays. */
  DeleteServerCertificate: action({ ServerCertificateId: neededText }, ({ state }, { ServerCertificateId }) => {
    if (!state.slb.serverCertificates.has(ServerCertificateId)) throw slbWords.noCertificate();
    if (listenersOf(state).some(({ settings }) => settings['ServerCertificateId'] === ServerCertificateId)) {
      throw slbWords.certificateInUse();
    }

    state.slb.serverCertificates.delete(ServerCertificateId);
    return {};
  }),
});

function newCertificate(call: AlibabaCall, certificate: string, key: string, name?: string): ServerCertificateRow {
  const wrong = slbWords.invalid('The specified parameter ServerCertificate or PrivateKey is not valid.'); // [?] the words
  const parsed = attempt(() => ({ leaf: new X509Certificate(certificate), own: createPrivateKey(key) }), wrong);
  const { leaf, own } = parsed;
  if (!leaf.checkPrivateKey(own)) throw slbWords.certificateMismatch();

  const [, CommonName = ''] = /^CN=(.+)$/m.exec(leaf.subject) ?? [];
  const names = (leaf.subjectAltName ?? '')
    .split(', ')
    .flatMap((name) => (name.startsWith('DNS:') ? [name.slice(4)] : []));
  const ServerCertificateId = `${call.account}_${call.id('', 24, 'hex')}`;
  const ExpireTimeStamp = Date.parse(leaf.validTo);
  return {
    ServerCertificateId,
    ServerCertificateName: name ?? ServerCertificateId,
    Fingerprint: leaf.fingerprint.toLowerCase(),
    CommonName,
    SubjectAlternativeNames: { SubjectAlternativeName: names },
    ExpireTime: seconds(ExpireTimeStamp),
    ExpireTimeStamp,
    CreateTime: seconds(call.now),
    CreateTimeStamp: call.now,
    IsAliCloudCertificate: 0,
    RegionId: call.region,
    ResourceGroupId: '',
  };
}

function attempt<T>(read: () => T, wrong: Error): T {
  try {
    return read();
  } catch {
    throw wrong;
  }
}

function listenersOf({ slb }: AlibabaRegionState): readonly ListenerRow[] {
  return [...slb.loadBalancers.values()].flatMap(({ listeners }) => [...listeners.values()]);
}
