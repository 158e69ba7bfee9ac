import { newId } from '../../network/request/ids.js';
import { getVpc } from '../../network/request/lookups.js';
import { peerAction } from '../../network/request/network-action.js';
import { clientToken, flag, neededText, tags, text, whole } from '../../network/request/parameters.js';
import { PEERING_MS } from '../../network/vpc/peerings.js';
import { readTags, type GivenTag } from '../../network/request/tags.js';
import { AlibabaError } from '../../service-error.js';
import type { PeeringSideRow } from '../../state/peering-state.js';

/** VPC peering has no package on npm: our own type. */
interface CreateVpcPeerConnectionInput {
  readonly VpcId: string;
  readonly AcceptingVpcId: string;
  readonly AcceptingRegionId: string;
  readonly AcceptingAliUid?: number;
  readonly Name?: string;
  readonly Description?: string;
  readonly Tag?: readonly GivenTag[];
}

/**
 * Requests a peering. Within one account it becomes active by itself. Another account has to accept it, and
 * is not simulated.
 * @see https://www.alibabacloud.com/help/en/vpc/developer-reference/api-vpcpeer-2022-01-01-createvpcpeerconnection
 */
export const createVpcPeerConnection = peerAction<CreateVpcPeerConnectionInput, { readonly InstanceId: string }>({
  name: 'CreateVpcPeerConnection',
  kind: 'write',
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
  run: (call, { VpcId, AcceptingVpcId, AcceptingRegionId, AcceptingAliUid, Name = '', Description = '', Tag }) => {
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
});
