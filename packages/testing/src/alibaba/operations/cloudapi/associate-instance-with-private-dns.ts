import type {
  AssociateInstanceWithPrivateDNSRequest,
  AssociateInstanceWithPrivateDNSResponseBody,
} from '@alicloud/cloudapi20160714';
import { cloudApiAction, type Given } from '../../cloud-api/request/cloud-api-action.js';
import { dnsAssociation } from '../../cloud-api/instance/dns-parameters.js';
import { getInstance } from '../../cloud-api/request/find.js';
import { checkAssociation, DNS_EFFECT_MS, getPrivateDns } from '../../cloud-api/instance/private-dns-rules.js';
import type { Wire } from '../../wire.js';

type Input = Given<Wire<AssociateInstanceWithPrivateDNSRequest>, 'InstanceId' | 'IntranetDomains'>;

/** Lets an instance resolve private domains: of type A, if it is a VPC integration instance, otherwise of type VPC. */
export const associateInstanceWithPrivateDns = cloudApiAction<Input, Wire<AssociateInstanceWithPrivateDNSResponseBody>>(
  {
    name: 'AssociateInstanceWithPrivateDNS',
    kind: 'write',
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
);
