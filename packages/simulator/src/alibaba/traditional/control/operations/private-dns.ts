import { PAGE } from '../../../operation/numbered-list.js';
import {
  dnsAssociation,
  dnsKey,
  dnsParameters,
  checkAssociation,
  checkDomain,
  getPrivateDns,
  MAX_DOMAINS,
  readRecords,
} from '../instance/private-dns-rules.js';
import { family, say, written } from '../request/parameters.js';
import { getInstance } from '../request/find.js';
import { admitsShown } from '../../../vpc/request/lists.js';
import { page } from '../../../operation/page.js';
import { flag, required, text } from '../../../operation/parameters.js';
import { action } from '../../../operation/family.js';

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

      const row = { IntranetDomain, Type, Records: readRecords(Type, Records), BindInstances: [] };
      privateDns.set(key, { ...row, CreatedTime: written(now) });
      return {};
    },
  },

  /** Replaces a private domain's records. */
  UpdatePrivateDNS: {
    parameters: { ...dnsParameters, Records: required(dnsParameters.Records) },
    run({ state }, { IntranetDomain, Type, Records }) {
      const row = getPrivateDns(state, Type, IntranetDomain);
      const changed = { ...row, Records: readRecords(Type, Records) };
      for (const instanceId of row.BindInstances) checkAssociation(state, instanceId, changed);
      state.cloudApi.privateDns.set(`${Type}/${IntranetDomain}`, changed);
      return {};
    },
  },

  /** Deletes a private domain that no instance resolves, or, with `Force`, any. */
  DeletePrivateDNS: {
    parameters: { ...dnsKey, Force: flag },
    run({ state }, { IntranetDomain, Type, Force = false }) {
      const row = getPrivateDns(state, Type, IntranetDomain);
      if (row.BindInstances.length > 0 && !Force) throw say.inUse('PrivateDNS', 'Instance');

      state.cloudApi.privateDns.delete(`${Type}/${IntranetDomain}`);
      return {};
    },
  },

  /** Lists private domains, with the instances that resolve them. */
  ListPrivateDNS: action({ IntranetDomain: text, Type: text, ...PAGE }, ({ state }, input) => {
    const { IntranetDomain = '' } = input;
    const rows = [...state.cloudApi.privateDns.values()].filter(
      (row) => row.IntranetDomain.includes(IntranetDomain) && admitsShown(input, row, 'Type'),
    );
    const { items, numbers } = page(rows, input, { largest: 100 });
    return { ...numbers, PrivateDNSList: items };
  }),

  /** Lets an instance resolve private domains: of type A, if it is a VPC integration instance, otherwise of type VPC. */
  AssociateInstanceWithPrivateDNS: action(dnsAssociation, ({ state }, { InstanceId, IntranetDomains }) => {
    const { kind } = getInstance(state, InstanceId);
    const type = kind === 'vpc_connect' ? 'A' : 'VPC';
    const rows = IntranetDomains.map((domain) => getPrivateDns(state, type, domain));
    for (const row of rows) checkAssociation(state, InstanceId, row);
    for (const row of rows) {
      const BindInstances = [...new Set([...row.BindInstances, InstanceId])];
      state.cloudApi.privateDns.set(`${type}/${row.IntranetDomain}`, { ...row, BindInstances });
    }
    return {};
  }),

  /** Removes private domains from an instance. */
  DissociateInstanceWithPrivateDNS: action(dnsAssociation, ({ state }, { InstanceId, IntranetDomains }) => {
    const { kind } = getInstance(state, InstanceId);
    const type = kind === 'vpc_connect' ? 'A' : 'VPC';
    const rows = IntranetDomains.map((domain) => getPrivateDns(state, type, domain));
    for (const row of rows) {
      const BindInstances = row.BindInstances.filter((id) => id !== InstanceId);
      state.cloudApi.privateDns.set(`${type}/${row.IntranetDomain}`, { ...row, BindInstances });
    }
    return {};
  }),
});
