import { peerFamily, newId, clientToken, tags, TOKENS } from '../vpc/request/text-rules.js';
import { getVpc } from '../vpc/request/lists.js';
import { hasTags, readTags } from '../vpc/request/tags.js';
import { getPeering, isHere, PEERING_MS, peeringView, wrongStatus } from './peerings.js';
import { AlibabaError } from '../operation/operation.js';
import type { PeeringSideRow } from './state.js';
import { pageByToken, admits, flag, neededText, text, texts, whole } from '../operation/family.js';

/** The simulated actions of VPC peering. */
export const operations = peerFamily({
  /**
   * Requests a peering. Within one account it becomes active by itself. Another account has to accept it, and
   * is not simulated.
   */
  CreateVpcPeerConnection: {
    parameters: {
      VpcId: neededText,
      AcceptingVpcId: neededText,
      AcceptingRegionId: neededText,
      AcceptingAliUid: whole,
      Name: text,
      Description: text,
      Tag: tags,
      ClientToken: clientToken,
      DryRun: flag,
    },
    run(call, { VpcId, AcceptingVpcId, AcceptingRegionId, AcceptingAliUid, Name = '', Description = '', Tag }) {
      const { alibaba, account, region, now } = call;
      const requester: PeeringSideRow = { vpcId: getVpc(call.state, VpcId).id, account, region };
      const accepter: PeeringSideRow = {
        vpcId: AcceptingVpcId,
        account: AcceptingAliUid === undefined ? account : String(AcceptingAliUid),
        region: AcceptingRegionId,
      };
      const foreign = accepter.account !== account;
      if (!foreign && !alibaba.regions.get(AcceptingRegionId)?.network.vpcs.has(AcceptingVpcId)) {
        throw new AlibabaError(
          'ResourceNotFound.AcceptingVpcId',
          `The specified resource of ${AcceptingVpcId} is not found.`,
        );
      }

      const pair = new Set([requester.vpcId, accepter.vpcId]);
      const exists = [...alibaba.peerings.values()].some(
        (row) => row.status !== 'Deleted' && pair.has(row.requester.vpcId) && pair.has(row.accepter.vpcId),
      );
      if (pair.size < 2 || exists) {
        const what = pair.size < 2 ? 'OperationDenied.SameVpc' : 'ResourceAlreadyExist.RouterInterface'; // [?] the codes
        throw new AlibabaError(what, 'The VPC peering connection between the two VPCs cannot be created.');
      }

      const id = newId(call, 'pcc');
      const status = foreign ? 'Accepting' : 'Creating';
      const stamps = { createdAt: now, modifiedAt: now };
      alibaba.peerings.set(id, {
        id,
        requester,
        accepter,
        name: Name,
        description: Description,
        status,
        ...stamps,
        tags: readTags(Tag),
      });
      if (!foreign) call.after(PEERING_MS, 'network.peering', { id });
      return { InstanceId: id };
    },
  },

  /** Accepts a peering that another account requested. */
  AcceptVpcPeerConnection: {
    parameters: { InstanceId: neededText, ClientToken: clientToken, DryRun: flag },
    run(call, { InstanceId }) {
      const row = getPeering(call, InstanceId);
      if (row.status !== 'Accepting' || row.accepter.account !== call.account) throw wrongStatus(row);

      row.status = 'Updating';
      row.modifiedAt = call.now;
      call.after(PEERING_MS, 'network.peering', { id: row.id });
      return {};
    },
  },

  /** Deletes a peering that no route uses. `Force` deletes the routes, too. */
  DeleteVpcPeerConnection: {
    parameters: { InstanceId: neededText, Force: flag, ClientToken: clientToken, DryRun: flag },
    run(call, { InstanceId, Force = false }) {
      const row = getPeering(call, InstanceId);
      for (const { network } of call.alibaba.regions.values()) {
        for (const table of network.routeTables.values()) {
          const left = table.entries.filter(({ nextHopId }) => nextHopId !== row.id);
          if (left.length === table.entries.length) continue;
          if (!Force)
            throw new AlibabaError(
              'DependencyViolation.RouteEntry',
              'The specified resource has dependent route entries.',
            );

          table.entries = left;
        }
      }
      call.alibaba.peerings.delete(row.id);
      return {};
    },
  },

  /** Peerings with a side in the called region, whichever side requested them. */
  ListVpcPeerConnections: {
    parameters: { InstanceId: text, Name: text, VpcId: texts, Tags: tags, ...TOKENS },
    run(call, { InstanceId, Name, VpcId, Tags, ...asked }) {
      const rows = [...call.alibaba.peerings.values()].filter(
        (row) =>
          isHere(call, row) &&
          admits(InstanceId, row.id) &&
          admits(Name, row.name) &&
          (VpcId === undefined || [row.requester, row.accepter].some(({ vpcId }) => VpcId.includes(vpcId))) &&
          hasTags(row.tags, Tags),
      );
      const { items, NextToken } = pageByToken(rows, asked, {
        operation: { product: 'VpcPeer', name: 'ListVpcPeerConnections' },
        defaultSize: 20,
        largest: 100,
        key: ({ id }) => id,
      });
      return {
        VpcPeerConnects: items.map((row) => peeringView(call, row)),
        MaxResults: asked.MaxResults ?? 20,
        NextToken,
        TotalCount: rows.length,
      };
    },
  },

  GetVpcPeerConnectionAttribute: {
    parameters: { InstanceId: neededText },
    run: (call, { InstanceId }) => peeringView(call, getPeering(call, InstanceId)),
  },
});
