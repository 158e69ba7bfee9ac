import type {
  DissociateInstanceWithPrivateDNSRequest,
  DissociateInstanceWithPrivateDNSResponseBody,
} from '@alicloud/cloudapi20160714';
import { cloudApiAction, type Given } from '../../cloud-api/request/cloud-api-action.js';
import { dnsAssociation } from '../../cloud-api/instance/dns-parameters.js';
import { getInstance } from '../../cloud-api/request/find.js';
import { getPrivateDns } from '../../cloud-api/instance/private-dns-rules.js';
import type { Wire } from '../../wire.js';

type Input = Given<Wire<DissociateInstanceWithPrivateDNSRequest>, 'InstanceId' | 'IntranetDomains'>;

/** Removes private domains from an instance. */
export const dissociateInstanceWithPrivateDns = cloudApiAction<
  Input,
  Wire<DissociateInstanceWithPrivateDNSResponseBody>
>({
  name: 'DissociateInstanceWithPrivateDNS',
  kind: 'write',
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
});
