import type { CreateVpcLinkRequest, CreateVpcLinkResponse } from '@aws-sdk/client-apigatewayv2';
import { checkTags } from '../../api-gateway/tags.js';
import { linkState, startProvisioning } from '../../api-gateway/vpc-link-life.js';
import { checkVpcLink } from '../../api-gateway/vpc-link-rules.js';
import { gatewayOperation } from '../../api-gateway/gateway-operation.js';

/**
 * Creates a V2 link: PENDING at first, AVAILABLE after minutes. CreateVpcLink has no idempotency token, so a
 * second call creates a second link.
 */
export const createVpcLink = gatewayOperation<CreateVpcLinkRequest, CreateVpcLinkResponse>({
  name: 'CreateVpcLink',
  kind: 'write',
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
});
