import { admits } from '../../network/request/lists.js';
import { peerAction } from '../../network/request/network-action.js';
import { tags, text, texts, TOKENS } from '../../network/request/parameters.js';
import { isHere, peeringView } from '../../network/vpc/peerings.js';
import { hasTags, type GivenTag } from '../../network/request/tags.js';
import { pageByToken, type TokenPageRequest } from '../../page.js';

/** VPC peering has no package on npm: our own types. */
interface ListVpcPeerConnectionsInput extends TokenPageRequest {
  readonly InstanceId?: string;
  readonly Name?: string;
  readonly VpcId?: readonly string[];
  readonly Tags?: readonly GivenTag[];
}
interface ListVpcPeerConnectionsOutput {
  readonly VpcPeerConnects: readonly ReturnType<typeof peeringView>[];
  readonly MaxResults: number;
  readonly NextToken: string;
  readonly TotalCount: number;
}

/**
 * Peerings with a side in the called region, whichever side requested them.
 * @see https://www.alibabacloud.com/help/en/vpc/developer-reference/api-vpcpeer-2022-01-01-listvpcpeerconnections
 */
export const listVpcPeerConnections = peerAction<ListVpcPeerConnectionsInput, ListVpcPeerConnectionsOutput>({
  name: 'ListVpcPeerConnections',
  kind: 'read',
  parameters: { InstanceId: text, Name: text, VpcId: texts, Tags: tags, ...TOKENS },
  run: (call, { InstanceId, Name, VpcId, Tags, ...asked }) => {
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
});
