import { BINDING_PARAMETERS, readAclEntries, networkAclCore, networkAclView } from '../network-acl.js';
import { vpcFamily, newId, checkTexts, clientToken, tags } from '../request/text-rules.js';
import { getNetworkAcl, getVpc, getVSwitch } from '../request/lists.js';
import { hasTags, readTags } from '../request/tags.js';
import { AlibabaError } from '../../operation/operation.js';
import type { NetworkAclRow } from '../state.js';
import { page, admits, PAGE, flag, listOf, neededText, oneOf, text, action } from '../../operation/family.js';

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

export const networkAclActions = vpcFamily({
  /** A new one has no rules and lets nothing through. */
  CreateNetworkAcl: action(
    { VpcId: neededText, NetworkAclName: text, Description: text, Tag: tags, ClientToken: clientToken, DryRun: flag },
    (call, { VpcId, NetworkAclName = '', Description = '', Tag }) => {
      const { networkAcls } = call.state.network;
      const vpc = getVpc(call.state, VpcId);
      checkTexts('NetworkAcl', NetworkAclName, Description);
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
  ),

  DeleteNetworkAcl: {
    parameters: { NetworkAclId: neededText, ClientToken: clientToken, DryRun: flag },
    run({ state }, { NetworkAclId }) {
      const { id } = getNetworkAcl(state, NetworkAclId);
      if ([...state.network.vSwitches.values()].some(({ networkAclId }) => networkAclId === id)) {
        throw new AlibabaError('NetworkAclExistBinding', 'The network ACL is still bound to a vSwitch.'); // [?] the words
      }

      state.network.networkAcls.delete(id);
      return {};
    },
  },

  /** Its numbers are texts. */
  DescribeNetworkAcls: {
    parameters: {
      VpcId: text,
      NetworkAclId: text,
      NetworkAclName: text,
      ResourceType: oneOf('VSwitch'),
      ResourceId: text,
      Tags: tags,
      ClientToken: clientToken,
      ...PAGE,
    },
    run(call, { VpcId, NetworkAclId, NetworkAclName, ResourceId, Tags, PageNumber, PageSize }) {
      const { networkAcls, vSwitches } = call.state.network;
      const rows = [...networkAcls.values()].filter(
        (row) =>
          admits(VpcId, row.vpcId) &&
          admits(NetworkAclId, row.id) &&
          admits(NetworkAclName, row.name) &&
          (ResourceId === undefined || vSwitches.get(ResourceId)?.networkAclId === row.id) &&
          hasTags(row.tags, Tags),
      );
      const { items, numbers } = page(rows, { PageNumber, PageSize }, { largest: 50 });
      return {
        PageNumber: String(numbers.PageNumber),
        PageSize: String(numbers.PageSize),
        TotalCount: String(numbers.TotalCount),
        NetworkAcls: { NetworkAcl: items.map((row) => networkAclView(call, row)) },
      };
    },
  },

  DescribeNetworkAclAttributes: {
    parameters: { NetworkAclId: neededText, ClientToken: clientToken },
    run: (call, { NetworkAclId }) => ({
      NetworkAclAttribute: networkAclView(call, getNetworkAcl(call.state, NetworkAclId)),
    }),
  },

  /** All vSwitches or none. */
  AssociateNetworkAcl: {
    parameters: BINDING_PARAMETERS,
    run({ state }, { NetworkAclId, Resource }) {
      const acl = getNetworkAcl(state, NetworkAclId);
      const vSwitches = Resource.map(({ ResourceId = '' }) => getVSwitch(state, ResourceId));
      for (const { vpcId, networkAclId } of vSwitches) {
        if (vpcId !== acl.vpcId) {
          throw new AlibabaError('ResourceNotInSameVpc', 'The vSwitch and the network ACL are not in the same VPC.'); // [?]
        }
        if (networkAclId !== undefined) {
          throw new AlibabaError('NetworkAclExistBinding', 'The vSwitch is bound to a network ACL already.'); // [?]
        }
      }
      for (const vSwitch of vSwitches) vSwitch.networkAclId = acl.id;
      return {};
    },
  },

  /** All vSwitches or none. */
  UnassociateNetworkAcl: {
    parameters: BINDING_PARAMETERS,
    run({ state }, { NetworkAclId, Resource }) {
      const acl = getNetworkAcl(state, NetworkAclId);
      const vSwitches = Resource.map(({ ResourceId = '' }) => getVSwitch(state, ResourceId));
      if (vSwitches.some(({ networkAclId }) => networkAclId !== acl.id)) {
        throw new AlibabaError('ResourceNotAssociated', 'The vSwitch is not bound to the network ACL.'); // [?]
      }

      for (const vSwitch of vSwitches) vSwitch.networkAclId = undefined;
      return {};
    },
  },

  /** Replaces all rules of each direction whose `Update…` flag is set. */
  UpdateNetworkAclEntries: {
    parameters: {
      NetworkAclId: neededText,
      UpdateIngressAclEntries: flag,
      UpdateEgressAclEntries: flag,
      IngressAclEntries: listOf({ ...ENTRY, SourceCidrIp: text }, 100),
      EgressAclEntries: listOf({ ...ENTRY, DestinationCidrIp: text }, 100),
      ClientToken: clientToken,
      DryRun: flag,
    },
    run(call, input) {
      const row = getNetworkAcl(call.state, input.NetworkAclId);
      const ingress = (input.IngressAclEntries ?? []).map((entry) => ({ ...entry, cidrIp: entry.SourceCidrIp }));
      const egress = (input.EgressAclEntries ?? []).map((entry) => ({ ...entry, cidrIp: entry.DestinationCidrIp }));
      const newIngress = readAclEntries(call, ingress);
      const newEgress = readAclEntries(call, egress);
      if (input.UpdateIngressAclEntries === true) row.ingress = newIngress;
      if (input.UpdateEgressAclEntries === true) row.egress = newEgress;
      return {};
    },
  },
});
