import { defined } from '../../../../simulation/defined.js';
import { createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto';
import { type AlibabaCall, AlibabaError } from '../../../operation/operation.js';
import { domainsOfGroup } from '../group.js';
import { say } from '../request/parameters.js';
import type { ApiGroupRow } from '../state.js';
import type { GroupDomainRow } from './state.js';

/** Codes as clients of the service expect them; the sentences are [U]. */
export const domainWords = {
  taken: () => new AlibabaError('DomainAlreadyBind', 'The domain has been bound to another API group.'),
  noCertificate: () =>
    new AlibabaError('DomainCertificateNotFound', 'The specified certificate of the domain does not exist.'),
} as const;

/** A name, with a wildcard as its first label where there is one. @throws {AlibabaError} `InvalidDomainName` */
export function readDomainName(text: string): string {
  const name = text.toLowerCase();
  const isName = /^(\*\.)?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$/.test(name);
  if (!isName || name.length > 253 || name.endsWith('.alicloudapi.com')) throw say.invalid('DomainName');

  return name;
}

/**
 * Takes a name from the group of the account that has it.
 * @throws {AlibabaError} `DomainAlreadyBind` where a group has it and `isForced` is not true, or another account has it
 */
export function takeName({ alibaba, state }: AlibabaCall, group: ApiGroupRow, name: string, isForced: boolean): void {
  for (const region of alibaba.regions.values()) {
    if (region.cloudApi.domainsOfOthers.has(name)) throw domainWords.taken();

    for (const other of region.cloudApi.groups.values()) {
      if (region === state && other.id === group.id) continue;
      if (!domainsOfGroup(other, region.name).some((row) => row.name.toLowerCase() === name)) continue;
      if (!isForced) throw domainWords.taken();

      const domains = other.domains?.filter((row) => row.name.toLowerCase() !== name);
      region.cloudApi.groups.set(other.id, { ...other, domains });
    }
  }
}

/** A group's own domain of a user. @throws {AlibabaError} `NotFoundDomain` */
export function getDomain({ domains = [] }: ApiGroupRow, text: string): GroupDomainRow {
  const row = domains.find(({ kind, name }) => kind === 'custom' && name.toLowerCase() === text.toLowerCase());
  if (!row) throw say.notFound('Domain');

  return row;
}

/** Puts a domain in the place of the one that had its name. */
export function putDomain({ state, now }: AlibabaCall, group: ApiGroupRow, row: GroupDomainRow): void {
  const isIt = ({ name }: GroupDomainRow): boolean => name.toLowerCase() === row.name.toLowerCase();
  const { domains = [] } = group;
  const others = domains.filter((one) => !isIt(one));
  const next = domains.some(isIt) ? domains.map((one) => (isIt(one) ? row : one)) : [...others, row];
  state.cloudApi.groups.set(group.id, { ...group, domains: next, modifiedAt: now });
}

/** What every answer about a domain has. */
export function domainView({ name, cname, certificate, problem }: GroupDomainRow) {
  return {
    DomainName: name,
    ...(cname !== undefined && { DomainCNAMEStatus: cname ? 'RESOLVED' : 'UNRESOLVED' }),
    DomainBindingStatus: 'BINDING',
    DomainLegalStatus: problem === undefined ? 'NORMAL' : 'ABNORMAL',
    ...defined({ DomainRemark: problem }),
    ...(typeof certificate === 'object' && {
      CertificateId: certificate.id,
      CertificateName: certificate.name,
      CertificateValidStart: certificate.validFrom,
      CertificateValidEnd: certificate.validUntil,
    }),
  };
}

/** In milliseconds since the epoch. */
interface Validity {
  readonly validFrom: number;
  readonly validUntil: number;
}

/**
 * Reads a certificate of a domain with its private key, both as PEM texts.
 * @throws {AlibabaError} `InvalidCertificateBody`, also for the certificate of another name and for one that has expired;
 * `InvalidCertificatePrivateKey` where the key is not the certificate's. The sentences are [I].
 */
export function readCertificate(domain: string, body: string, key: string, now: number): Validity {
  const certificate = certificateOf(body);
  const privateKey = keyOf(key);
  if (!certificate.checkPrivateKey(privateKey)) {
    throw say.invalid('CertificatePrivateKey', 'The private key does not match the certificate.');
  }
  if (!isFor(certificate, domain)) {
    throw say.invalid('CertificateBody', `The certificate is not for the domain ${domain}.`);
  }

  const [validFrom, validUntil] = [Date.parse(certificate.validFrom), Date.parse(certificate.validTo)];
  if (now >= validUntil) throw say.invalid('CertificateBody', 'The certificate has expired.');

  return { validFrom, validUntil };
}

function certificateOf(text: string): X509Certificate {
  try {
    return new X509Certificate(text);
  } catch {
    throw say.invalid('CertificateBody');
  }
}

function keyOf(text: string): KeyObject {
  try {
    return createPrivateKey(text);
  } catch {
    throw say.invalid('CertificatePrivateKey');
  }
}

/** A domain with a wildcard needs a certificate with the same wildcard. */
function isFor(certificate: X509Certificate, domain: string): boolean {
  if (!domain.startsWith('*.')) return certificate.checkHost(domain) !== undefined;

  const names = certificate.subjectAltName?.split(', ') ?? [];
  return names.includes(`DNS:${domain}`) || certificate.subject.split('\n').includes(`CN=${domain}`);
}
