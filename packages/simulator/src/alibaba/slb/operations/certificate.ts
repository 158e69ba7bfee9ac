import { createPrivateKey, X509Certificate } from 'node:crypto';
import type { AlibabaRegionState } from '../../state/region-state.js';
import { slbFamily } from '../../vpc/request/family.js';
import { newId, seconds, neededText, text, whole } from '../../vpc/request/text-rules.js';
import { slbWords } from '../request.js';
import { getListener, getLoadBalancer } from '../load-balancer.js';
import type { DomainExtensionRow, ListenerRow, ServerCertificateRow } from '../state.js';

/** SLB has no package on npm: our own types. */
interface UploadInput {
  readonly ServerCertificate: string;
  readonly PrivateKey: string;
  readonly ServerCertificateName?: string;
}
interface CertificateInput {
  readonly ServerCertificateId: string;
}
interface ExtensionInput {
  readonly LoadBalancerId: string;
  readonly ListenerPort: number;
}
interface CreateExtensionInput extends ExtensionInput, CertificateInput {
  readonly Domain: string;
}
interface ExtensionIdInput {
  readonly DomainExtensionId: string;
}

const LISTENER = { LoadBalancerId: neededText, ListenerPort: { ...whole, required: true } } as const;

/** Certificates, and those of further domains of HTTPS listeners. No listener of the simulation speaks TLS. */
export const certificateActions = slbFamily({
  UploadServerCertificate: {
    parameters: {
      ServerCertificate: neededText,
      PrivateKey: neededText,
      ServerCertificateName: { ...text, length: [1, 80] },
    },
    run(call, { ServerCertificate, PrivateKey, ServerCertificateName }: UploadInput): object {
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
    run({ state, region }, { ServerCertificateId: id }: Partial<CertificateInput>): object {
      const rows = [...state.slb.serverCertificates.values()].filter((row) => id === undefined || row.id === id);
      return { ServerCertificates: { ServerCertificate: rows.map((row) => certificateView(row, region)) } };
    },
  },

  SetServerCertificateName: {
    parameters: { ServerCertificateId: neededText, ServerCertificateName: { ...neededText, length: [1, 80] } },
    run({ state }, input: CertificateInput & { readonly ServerCertificateName: string }) {
      getCertificate(state, input.ServerCertificateId).name = input.ServerCertificateName;
      return {};
    },
  },

  /** One that a listener uses stays. */
  DeleteServerCertificate: {
    parameters: { ServerCertificateId: neededText },
    run({ state }, { ServerCertificateId }: CertificateInput) {
      const { id } = getCertificate(state, ServerCertificateId);
      const isUsed = listenersOf(state).some(
        ({ settings, domainExtensions = [] }) =>
          settings['ServerCertificateId'] === id || domainExtensions.some(({ certificateId }) => certificateId === id),
      );
      if (isUsed) throw slbWords.certificateInUse();
      state.slb.serverCertificates.delete(id);
      return {};
    },
  },

  CreateDomainExtension: {
    parameters: { ...LISTENER, Domain: neededText, ServerCertificateId: neededText },
    run(call, { LoadBalancerId, ListenerPort, Domain, ServerCertificateId }: CreateExtensionInput): object {
      const listener = getListener(getLoadBalancer(call.state, LoadBalancerId), ListenerPort, 'https');
      const { id: certificateId } = getCertificate(call.state, ServerCertificateId);
      const row = { id: newId(call, 'de'), domain: Domain.toLowerCase(), certificateId };
      const { domainExtensions = [] } = listener;
      if (domainExtensions.some(({ domain }) => domain === row.domain)) {
        throw slbWords.invalid('The specified parameter Domain is not valid.'); // [?] for one that has an extension
      }
      listener.domainExtensions = [...domainExtensions, row];
      return { DomainExtensionId: row.id, ListenerPort };
    },
  },

  DeleteDomainExtension: {
    parameters: { DomainExtensionId: neededText },
    run({ state }, { DomainExtensionId }: ExtensionIdInput) {
      const { listener, row } = getExtension(state, DomainExtensionId);
      listener.domainExtensions = listener.domainExtensions?.filter((one) => one !== row);
      return {};
    },
  },

  SetDomainExtensionAttribute: {
    parameters: { DomainExtensionId: neededText, ServerCertificateId: neededText },
    run({ state }, { DomainExtensionId, ServerCertificateId }: ExtensionIdInput & CertificateInput) {
      const { listener, row } = getExtension(state, DomainExtensionId);
      const changed = { ...row, certificateId: getCertificate(state, ServerCertificateId).id };
      listener.domainExtensions = listener.domainExtensions?.map((one) => (one === row ? changed : one));
      return {};
    },
  },

  DescribeDomainExtensionAttribute: {
    parameters: { DomainExtensionId: neededText },
    run({ state }, { DomainExtensionId }: ExtensionIdInput): object {
      const { listener, row } = getExtension(state, DomainExtensionId);
      return { ...extensionView(row), ListenerPort: listener.port };
    },
  },

  DescribeDomainExtensions: {
    parameters: { ...LISTENER, DomainExtensionId: text },
    run({ state }, input: ExtensionInput & Partial<ExtensionIdInput>): object {
      const { LoadBalancerId, ListenerPort, DomainExtensionId: id } = input;
      const { domainExtensions = [] } = getListener(getLoadBalancer(state, LoadBalancerId), ListenerPort, 'https');
      const rows = domainExtensions.filter((row) => id === undefined || row.id === id);
      return { DomainExtensions: { DomainExtension: rows.map(extensionView) } };
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

function getExtension(state: AlibabaRegionState, id: string) {
  const found = listenersOf(state).flatMap((listener) =>
    (listener.domainExtensions ?? []).flatMap((row) => (row.id === id ? [{ listener, row }] : [])),
  )[0];
  if (!found) throw slbWords.noDomainExtension();
  return found;
}

function extensionView({ id, domain, certificateId }: DomainExtensionRow) {
  return { DomainExtensionId: id, Domain: domain, ServerCertificateId: certificateId };
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
