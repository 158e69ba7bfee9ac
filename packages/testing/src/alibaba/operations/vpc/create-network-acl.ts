import type { CreateNetworkAclRequest, CreateNetworkAclResponseBody } from '@alicloud/vpc20160428';
import { newId } from '../../network/request/ids.js';
import { getVpc } from '../../network/request/lookups.js';
import { vpcAction, type Given } from '../../network/request/network-action.js';
import { networkAclCore } from '../../network/network-acl/network-acl-view.js';
import { clientToken, flag, neededText, tags, text } from '../../network/request/parameters.js';
import { readTags } from '../../network/request/tags.js';
import { checkDescription, checkName } from '../../network/request/text-rules.js';
import { AlibabaError } from '../../service-error.js';
import type { NetworkAclRow } from '../../state/network-state.js';
import type { Wire } from '../../wire.js';

/** A new one has no rules and lets nothing through. @see https://www.alibabacloud.com/help/en/vpc/developer-reference/api-vpc-2016-04-28-createnetworkacl */
export const createNetworkAcl = vpcAction<Given<CreateNetworkAclRequest, 'VpcId'>, Wire<CreateNetworkAclResponseBody>>({
  name: 'CreateNetworkAcl',
  kind: 'write',
  parameters: {
    VpcId: neededText,
    NetworkAclName: text,
    Description: text,
    Tag: tags,
    ClientToken: clientToken,
    DryRun: flag,
  },
  run: (call, { VpcId, NetworkAclName = '', Description = '', Tag }) => {
    const { networkAcls } = call.state.network;
    const vpc = getVpc(call.state, VpcId);
    checkName('NetworkAcl', NetworkAclName);
    checkDescription('NetworkAcl', Description);
    const rowTags = readTags(Tag);
    if (networkAcls.size >= call.quota('alibaba-network-acls')) {
      throw new AlibabaError('QuotaExceeded.NetworkAcl', 'The quota of network ACLs is exceeded.'); // [?]
    }
    const row: NetworkAclRow = {
      id: newId(call, 'nacl'),
      vpcId: vpc.id,
      name: NetworkAclName,
      description: Description,
      ingress: [],
      egress: [],
      createdAt: call.now,
      tags: rowTags,
    };
    networkAcls.set(row.id, row);
    return { NetworkAclId: row.id, NetworkAclAttribute: networkAclCore(call, row) };
  },
});
