import { defined } from '../../../../simulation/defined.js';
import { family, getVpcLink, listPage } from '../request.js';
import { checkTags } from '../tags.js';
import { linkState, startDeletion, startProvisioning, checkVpcLink, usersOfVpcLink } from '../vpc-link.js';
import { WORDS } from '../../../api-gateway/words.js';
import { checkUnusedByRestApis } from '../../../rest-apis/control/vpc-link.js';
import { limited } from '../../../operation/family.js';

export const vpcLinkOperations = family({
  /**
   * Creates a V2 link: PENDING at first, AVAILABLE after minutes. CreateVpcLink has no idempotency token, so a
   * second call creates a second link.
   */
  CreateVpcLink: {
    limits: { Name: { length: [1, 128] }, 'Tags{}': { length: [0, 1600] } },
    // https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html
    rate: { perSecond: 1 / 15, burst: 1 },
    run(call, input) {
      const SubnetIds = [...(input.SubnetIds ?? [])];
      const SecurityGroupIds = [...(input.SecurityGroupIds ?? [])];
      const Tags = checkTags(input.Tags);
      const { vpcId } = checkVpcLink(call, SubnetIds, SecurityGroupIds);
      const fields = {
        CreatedDate: new Date(call.now),
        Name: input.Name,
        SecurityGroupIds,
        SubnetIds,
        Tags,
        VpcLinkId: call.id('', 6, 'base36'),
        ...linkState('PENDING'),
        VpcLinkVersion: 'V2',
      } as const;
      call.state.apiGateway.vpcLinks.set(fields.VpcLinkId, { fields, vpcId, interfaceIds: [], lastUsedAt: call.now });
      startProvisioning(call, fields.VpcLinkId);
      return { ...fields };
    },
  },

  /** Renames a link; nothing else of one ever changes. */
  UpdateVpcLink: limited({ Name: { length: [1, 128] } }, (call, { VpcLinkId, Name }) => {
    const row = getVpcLink(call, VpcLinkId);
    const fields = { ...row.fields, ...defined({ Name }) };
    call.state.apiGateway.vpcLinks.set(fields.VpcLinkId, { ...row, fields });
    return { ...fields };
  }),

  /** Starts to delete a link without users. It is DELETING for minutes, then deleted. */
  DeleteVpcLink: {
    // https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html
    rate: { perSecond: 1 / 30, burst: 1 },
    run(call, { VpcLinkId }) {
      const row = getVpcLink(call, VpcLinkId);
      const users = usersOfVpcLink(call, row.fields.VpcLinkId);
      if (users.length > 0) throw WORDS.vpcLinkReferenced(row.fields.VpcLinkId, users);

      checkUnusedByRestApis(call, row.fields.VpcLinkId);
      if (row.fields.VpcLinkStatus !== 'DELETING') startDeletion(call, row);
      return {};
    },
  },

  GetVpcLink: (call, { VpcLinkId }) => ({ ...getVpcLink(call, VpcLinkId).fields }),

  /** All links, in whatever state. */
  GetVpcLinks(call, input) {
    const rows = [...call.state.apiGateway.vpcLinks.values()].map(({ fields }) => fields);
    return listPage(rows, input, 'GetVpcLinks', (row) => row.VpcLinkId);
  },
});
