import {
  readCertificate,
  domainView,
  domainWords,
  getDomain,
  putDomain,
  readDomainName,
  takeName,
} from '../domain/domains.js';
import { requireUnlocked, subDomainOf } from '../group.js';
import { family, say } from '../request/parameters.js';
import { getGroup, getStage } from '../request/find.js';
import { flag, required, text } from '../../../operation/parameters.js';
import { action } from '../../../operation/family.js';

const NAMED = { GroupId: required(text), DomainName: required(text) };

/** Domains of users' own, and their certificates. */
export const domainActions = family({
  /**
   * Binds a domain to a group, or changes its settings. DNS is outside of the simulation: the domain leads to the group by
   * CNAME. With `BindStageName` it leads to that stage, without it to the stage that a call names.
   */
  SetDomain: {
    parameters: {
      ...NAMED,
      BindStageName: text,
      CustomDomainType: { type: 'string', values: ['INTERNET', 'INTRANET'] },
      IsForce: flag,
      IsHttpRedirectToHttps: flag,
    },
    run(call, { GroupId, DomainName, BindStageName = '', CustomDomainType, IsForce, IsHttpRedirectToHttps }) {
      const { state, region } = call;
      const group = getGroup(state, GroupId);
      requireUnlocked(group);
      const name = readDomainName(DomainName);
      if (BindStageName !== '') getStage(group, BindStageName);
      takeName(call, group, name, IsForce === true);
      const own = group.domains?.filter(({ kind }) => kind === 'custom') ?? [];
      const before = own.find((row) => row.name.toLowerCase() === name);
      if (!before && own.length >= call.quota('domains-per-group')) throw say.exceeded('Domain');

      putDomain(call, group, {
        name,
        kind: 'custom',
        cname: before?.cname ?? true,
        leadsTo: before?.leadsTo,
        stageName: BindStageName === '' ? undefined : BindStageName,
        isIntranet: CustomDomainType === 'INTRANET',
        redirects: IsHttpRedirectToHttps ?? before?.redirects ?? false,
        problem: before?.problem,
        certificate: before ? before.certificate : 'none',
      });
      return {
        GroupId: group.id,
        DomainName: name,
        SubDomain: subDomainOf(group, region),
        DomainBindingStatus: 'BINDING',
        DomainLegalStatus: 'NORMAL',
        DomainWebSocketStatus: 'CLOSE',
        DomainRemark: '',
      };
    },
  },

  /** Unbinds a domain from its group. */
  DeleteDomain: action(NAMED, ({ state, now }, { GroupId, DomainName }) => {
    const group = getGroup(state, GroupId);
    const row = getDomain(group, DomainName);
    const domains = group.domains?.filter((one) => one !== row);
    state.cloudApi.groups.set(group.id, { ...group, domains, modifiedAt: now });
    return {};
  }),

  /** A domain of a group. The private key of its certificate is not kept. */
  DescribeDomain: action(NAMED, ({ state, region }, { GroupId, DomainName }) => {
    const group = getGroup(state, GroupId);
    const row = getDomain(group, DomainName);
    return {
      GroupId: group.id,
      SubDomain: subDomainOf(group, region),
      DomainRemark: '',
      ...domainView(row),
      ...(typeof row.certificate === 'object' && { CertificateBody: row.certificate.body }),
      DomainWebSocketStatus: 'CLOSE',
    };
  }),

  /** A domain that was found not to be valid is looked at again. Its owner has corrected it by then. */
  ReactivateDomain: action(NAMED, (call, { GroupId, DomainName }) => {
    const group = getGroup(call.state, GroupId);
    putDomain(call, group, { ...getDomain(group, DomainName), problem: undefined });
    return {};
  }),

  /** Sets the certificate of a domain, which HTTPS needs. Certificates of callers and OCSP are not simulated. */
  SetDomainCertificate: {
    parameters: {
      ...NAMED,
      CertificateName: required(text),
      CertificateBody: required(text),
      CertificatePrivateKey: required(text),
    },
    run(call, input) {
      const group = getGroup(call.state, input.GroupId);
      requireUnlocked(group);
      const row = getDomain(group, input.DomainName);
      const { CertificateName: name, CertificateBody: body, CertificatePrivateKey } = input;
      const validity = readCertificate(row.name, body, CertificatePrivateKey, call.now);
      putDomain(call, group, { ...row, certificate: { id: call.id('', 32, 'hex'), name, body, ...validity } });
      return {};
    },
  },

  /** Removes the certificate of a domain. */
  DeleteDomainCertificate: {
    parameters: { ...NAMED, CertificateId: required(text) },
    run(call, { GroupId, DomainName, CertificateId }) {
      const group = getGroup(call.state, GroupId);
      const row = getDomain(group, DomainName);
      if (typeof row.certificate !== 'object' || row.certificate.id !== CertificateId)
        throw domainWords.noCertificate();

      putDomain(call, group, { ...row, certificate: 'none' });
      return {};
    },
  },
});
