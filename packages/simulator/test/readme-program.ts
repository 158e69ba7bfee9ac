import { ApiGatewayV2 } from '@aws-sdk/client-apigatewayv2';
import { simulate } from '@postern/simulator';

const simulation = simulate({ seed: 7 });
const server = await simulation.listen(); // on a free port of the loopback address
const credentials = { accessKeyId: 'any', secretAccessKey: 'any' };
const aws = new ApiGatewayV2({ region: 'eu-west-1', endpoint: server.url, credentials });
const { Subnets = [] } = await simulation.clients('eu-west-1').ec2.describeSubnets();
const SubnetIds = [Subnets[0]?.SubnetId ?? ''];
const { VpcLinkId } = await aws.createVpcLink({ Name: 'orders', SubnetIds, SecurityGroupIds: [] });
console.log((await aws.getVpcLink({ VpcLinkId })).VpcLinkStatus); // PENDING
await simulation.advance(5 * 60_000); // five minutes of simulated time
console.log((await aws.getVpcLink({ VpcLinkId })).VpcLinkStatus); // AVAILABLE
await server.close();
