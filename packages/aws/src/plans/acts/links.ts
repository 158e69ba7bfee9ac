import { sendsChanges, word, type Act } from '@postern/core/overlay';

/** VPC links of HTTP APIs. */
export const linkActs: Readonly<Record<string, Act>> = {
  aws_apigatewayv2_vpc_link: {
    operation: 'apigatewayv2.CreateVpcLink',
    // The provider sends the list in each case.
    input: (input) => ({ SecurityGroupIds: [], ...input }),
    outputs: (answer) => ({ id: answer.VpcLinkId }),
    readyMs: 300_000,
    update: sendsChanges('apigatewayv2.UpdateVpcLink', { of: ({ id }) => ({ VpcLinkId: id }) }),
    remove: (before, caller) => {
      caller.call('apigatewayv2.DeleteVpcLink', { VpcLinkId: word(before['id']) });
      return caller.wait(300_000);
    },
  },
};
