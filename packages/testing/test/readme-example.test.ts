import { ApiGatewayV2 } from '@aws-sdk/client-apigatewayv2';
import { test } from '@postern/testing/vitest';
import { expect } from 'vitest';

test('a new link is pending for minutes', async ({ clouds }) => {
  const aws = new ApiGatewayV2({ region: 'eu-west-1', endpoint: clouds.url, credentials: clouds.credentials });
  const { Subnets = [] } = await clouds.clients('eu-west-1').ec2.describeSubnets();
  const link = await aws.createVpcLink({
    Name: 'orders',
    SubnetIds: [Subnets[0]?.SubnetId ?? ''],
    SecurityGroupIds: [],
  });
  expect(link.VpcLinkStatus).toBe('PENDING');
  await clouds.advance(5 * 60_000);
  expect((await aws.getVpcLink({ VpcLinkId: link.VpcLinkId })).VpcLinkStatus).toBe('AVAILABLE');
});
