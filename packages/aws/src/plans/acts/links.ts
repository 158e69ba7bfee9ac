import { resource, sendsChanges, type Act } from '@postern/core/internal/overlay';

/** VPC links of HTTP APIs. */
export const linkActs: Readonly<Record<string, Act>> = {
  aws_apigatewayv2_vpc_link: resource('apigatewayv2.CreateVpcLink', 'VpcLinkId', 'apigatewayv2.DeleteVpcLink', {
    // The provider sends the list in each case.
    input: (input) => ({ SecurityGroupIds: [], ...input }),
    readyMs: 300_000,
    takesAddresses: true,
    failure: ({ id }, caller) => {
      const { VpcLinkStatus, VpcLinkStatusMessage } = caller.call('apigatewayv2.GetVpcLink', { VpcLinkId: id });
      return VpcLinkStatus === 'FAILED' ? String(VpcLinkStatusMessage) : undefined;
    },
    update: sendsChanges('apigatewayv2.UpdateVpcLink', { of: ({ id }) => ({ VpcLinkId: id }) }),
    goneMs: 300_000,
  }),
};
