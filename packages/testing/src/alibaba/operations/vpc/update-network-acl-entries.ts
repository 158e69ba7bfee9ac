import type { UpdateNetworkAclEntriesRequest, UpdateNetworkAclEntriesResponseBody } from '@alicloud/vpc20160428';
import { getNetworkAcl } from '../../network/request/lookups.js';
import { vpcAction, type Given } from '../../network/request/network-action.js';
import { readAclEntries } from '../../network/network-acl/network-acl-entries.js';
import { clientToken, flag, listOf, neededText, text } from '../../network/request/parameters.js';
import type { Wire } from '../../wire.js';

const ENTRY = {
  NetworkAclEntryId: text,
  NetworkAclEntryName: text,
  Description: text,
  EntryType: text,
  IpVersion: text,
  Policy: text,
  Port: text,
  Protocol: text,
};

/**
 * Replaces all rules of each direction whose `Update…` flag is set.
 * @see https://www.alibabacloud.com/help/en/vpc/developer-reference/api-vpc-2016-04-28-updatenetworkaclentries
 */
export const updateNetworkAclEntries = vpcAction<
  Given<UpdateNetworkAclEntriesRequest, 'NetworkAclId'>,
  Wire<UpdateNetworkAclEntriesResponseBody>
>({
  name: 'UpdateNetworkAclEntries',
  kind: 'write',
  parameters: {
    NetworkAclId: neededText,
    UpdateIngressAclEntries: flag,
    UpdateEgressAclEntries: flag,
    IngressAclEntries: listOf({ ...ENTRY, SourceCidrIp: text }, 100),
    EgressAclEntries: listOf({ ...ENTRY, DestinationCidrIp: text }, 100),
    ClientToken: clientToken,
    DryRun: flag,
  },
  run: (call, input) => {
    const row = getNetworkAcl(call.state, input.NetworkAclId);
    const ingress = (input.IngressAclEntries ?? []).map((entry) => ({ ...entry, cidrIp: entry.SourceCidrIp }));
    const egress = (input.EgressAclEntries ?? []).map((entry) => ({ ...entry, cidrIp: entry.DestinationCidrIp }));
    const newIngress = readAclEntries(call, ingress);
    const newEgress = readAclEntries(call, egress);
    if (input.UpdateIngressAclEntries === true) row.ingress = newIngress;
    if (input.UpdateEgressAclEntries === true) row.egress = newEgress;
    return {};
  },
});
