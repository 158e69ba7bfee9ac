import { targetKind } from '../../../../src/check/checks/target/kind.js';
import { LISTENER, BALANCER, GROUP } from '../aws-region.js';
import { newV1World, webSocket, restV1 } from '../rest-world.js';
import { checkTable } from '../run-check.js';
import { useService, SERVICE, useOldLink } from './backends.js';
import { refer } from './reference.js';
import { aws, alibaba } from '../world.js';

checkTable(targetKind, {
  'a Cloud Map service in a region where HTTP APIs cannot call one': [
    aws((world) => {
      useService(world);
      // The snapshot and the spec are of the same region.
      Object.assign(world.region, { region: 'us-gov-west-1' });
      world.linkSpec.region = 'us-gov-west-1';
    }),
    'error KIND_UNFIT',
    { says: 'HTTP APIs of us-gov-west-1 cannot call', remedy: 'Put a load balancer in front of the service' },
  ],
  'a listener by balancer and port': [aws(), 'pass KIND_FITS'],
  'a listener by its ARN': [aws(refer({ listener: LISTENER })), 'pass KIND_FITS'],
  'a Cloud Map service': [aws(useService), 'pass KIND_FITS'],
  'the load balancer of a link V1': [restV1(), 'pass KIND_FITS'],
  'the load balancer of a link V1 that is to be created': [() => newV1World(), 'pass KIND_FITS'],
  'another load balancer than that of the link V1': [
    restV1({ 'links.vlink-1.loadBalancerIds': [`${BALANCER}9`] }),
    'error OTHER_BALANCER',
    {
      subject: 'target orders',
      says: 'not a listener of the load balancer of the link',
      remedy: 'or use another link',
    },
  ],
  'a service of a WebSocket API, whose link is V1': [
    webSocket(useService),
    'error NOT_NETWORK_BALANCER',
    'not a network load balancer',
  ],
  'ECS and CLB instances': [alibaba(), 'pass KIND_FITS'],
  'a load balancer instead of a listener: its listeners are named': [
    aws(refer({ listener: BALANCER })),
    'error KIND_UNFIT',
    { subject: 'target orders', evidence: 'integrations.orders.targets.orders', remedy: `${LISTENER} (HTTPS 443)` },
  ],
  'a target group': [
    aws(refer({ listener: GROUP })),
    'error KIND_UNFIT',
    { says: 'targetgroup', remedy: 'Write a listener' },
  ],
  'not an ARN': [aws(refer({ listener: 'orders-alb' })), 'error KIND_UNFIT', 'not an ARN'],
  'a service as listener': [aws(refer({ listener: SERVICE })), 'error KIND_UNFIT', { remedy: 'service:' }],
  'a listener as service': [aws(refer({ service: LISTENER })), 'error KIND_UNFIT', { remedy: 'listener:' }],
  'a gateway load balancer': [
    aws(refer({ listener: LISTENER.replace('/app/', '/gwy/') })),
    'error GATEWAY_BALANCER',
    { remedy: 'network load balancer' },
  ],
  'an address on AWS': [
    aws(refer({ address: '10.0.11.20', port: 8080 })),
    'error KIND_UNFIT',
    { remedy: ['load balancer', 'Cloud Map'] },
  ],
  'a listener on Alibaba Cloud': [alibaba(refer({ listener: LISTENER })), 'error KIND_UNFIT'],
  'REST APIs do not support Cloud Map': [
    aws(useService, { 'gateways.api-1.kind': 'rest-api', 'integration.gateway': { restApi: 'api-1' } }),
    'error KIND_UNFIT',
    { remedy: 'HTTP API' },
  ],
  'a V1 link supports network load balancers only': [
    aws({ 'links.vlink-1.kind': 'vpc-link-v1' }),
    'error NOT_NETWORK_BALANCER',
    { remedy: 'VPC link V2' },
  ],
  'a V1 link and its network load balancer': [aws(useOldLink), 'pass KIND_FITS'],
});
