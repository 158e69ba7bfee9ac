import {
  dnsAssociation,
  dnsKey,
  dnsParameters,
  checkAssociation,
  checkDomain,
  DNS_EFFECT_MS,
  getPrivateDns,
  MAX_DOMAINS,
  readRecords,
} from '../instance/private-dns-rules.js';
import { family, pages, say, written } from '../request/parameters.js';
import { getInstance } from '../request/find.js';
import { page } from '../../../operation/page.js';
import { flag, required, text } from '../../../operation/parameters.js';

/** Private domain names of instances. */
export const privateDnsActions = family({
  /** Makes a private domain: A records, or, for conventional instances, an authorization's host. */
  CreatePrivateDNS: {
    parameters: dnsParameters,
    run({ state, now }, { IntranetDomain, Type, Records }) {
      checkDomain(IntranetDomain);
      const { privateDns } = state.cloudApi;
      const key = `${Type}/${IntranetDomain}`;
      if (privateDns.has(key)) throw say.duplicate('IntranetDomain');
      if (privateDns.size >= MAX_DOMAINS) throw say.exceeded('PrivateDNS');

      const records = readRecords(Type, Records);
      const row = { domain: IntranetDomain, type: Type, records, instanceIds: [] };
      privateDns.set(key, { ...row, createdAt: now, effectiveAt: now + DNS_EFFECT_MS });
      return {};
    },
  },

  /** Replaces a private domain's records. */
  UpdatePrivateDNS: {
    parameters: { ...dnsParameters, Records: required(dnsParameters.Records) },
    run({ state, now }, { IntranetDomain, Type, Records }) {
      const row = getPrivateDns(state, Type, IntranetDomain);
      const changed = { ...row, records: readRecords(Type, Records), effectiveAt: now + DNS_EFFECT_MS };
      for (const instanceId of row.instanceIds) checkAssociation(state, instanceId, changed);
      state.cloudApi.privateDns.set(`${Type}/${IntranetDomain}`, changed);
      return {};
    },
  },

  /** Deletes a private domain that no instance resolves, or, with `Force`, any. */
  DeletePrivateDNS: {
    parameters: { ...dnsKey, Force: flag },
    run({ state }, { IntranetDomain, Type, Force = false }) {
      const row = getPrivateDns(state, Type, IntranetDomain);
      if (row.instanceIds.length > 0 && !Force) throw say.inUse('PrivateDNS', 'Instance');

      state.cloudApi.privateDns.delete(`${Type}/${IntranetDomain}`);
      return {};
    },
  },

  /** Lists private domains, with the instances that resolve them. */
  ListPrivateDNS: {
    parameters: { IntranetDomain: text, Type: text, ...pages },
    run({ state }, input) {
      const { IntranetDomain = '', Type = '' } = input;
      const rows = [...state.cloudApi.privateDns.values()].filter(
        ({ domain, type }) => domain.includes(IntranetDomain) && (Type === '' || type === Type),
      );
      const { items, numbers } = page(rows, input, { largest: 100 });
      const list = items.map((row) => ({
        IntranetDomain: row.domain,
        Type: row.type,
        Records: row.records.map(({ record, weight }) => ({ Record: record, Weight: weight })),
        BindInstances: [...row.instanceIds],
        CreatedTime: written(row.createdAt),
      }));
      return { ...numbers, PrivateDNSList: list };
    },
  },

  /** Lets an instance resolve private domains: of type A, if it is a VPC integration instance, otherwise of type VPC. */
  AssociateInstanceWithPrivateDNS: {
    parameters: dnsAssociation,
    run({ state, now }, { InstanceId, IntranetDomains }) {
      const { kind } = getInstance(state, InstanceId);
      const type = kind === 'vpc_connect' ? 'A' : 'VPC';
      const rows = IntranetDomains.map((domain) => getPrivateDns(state, type, domain));
      for (const row of rows) checkAssociation(state, InstanceId, row);
      for (const row of rows) {
        const instanceIds = [...new Set([...row.instanceIds, InstanceId])];
        state.cloudApi.privateDns.set(`${type}/${row.domain}`, {
          ...row,
          instanceIds,
          effectiveAt: now + DNS_EFFECT_MS,
        });
      }
      return {};
    },
  },

  /** Removes private domains from an instance. */
  DissociateInstanceWithPrivateDNS: {
    parameters: dnsAssociation,
    run({ state }, { InstanceId, IntranetDomains }) {
      const { kind } = getInstance(state, InstanceId);
      const type = kind === 'vpc_connect' ? 'A' : 'VPC';
      const rows = IntranetDomains.map((domain) => getPrivateDns(state, type, domain));
      for (const row of rows) {
        const instanceIds = row.instanceIds.filter((id) => id !== InstanceId);
        state.cloudApi.privateDns.set(`${type}/${row.domain}`, { ...row, instanceIds });
      }
      return {};
    },
  },
});
