import { describe } from 'vitest';
import { targetKind } from '../../../../src/check/checks/target/kind.js';
import { LISTENER, BALANCER, GROUP } from '../aws-region.js';
import { restV1World, newV1World, webSocketWorld } from '../rest-world.js';
import { checkTable } from '../run-check.js';
import { useService, SERVICE, useOldLink } from './backends.js';
import { refer } from './reference.js';
import { aws, alibaba } from '../world.js';

describe('target/kind', () => {
  checkTable(targetKind, [
    {
      why: 'a Cloud Map service in a region where HTTP APIs cannot call one',
      world: aws((world) => {
        useService(world);
        // The snapshot and the spec are of the same region.
        Object.assign(world.region, { region: 'us-gov-west-1' });
        world.linkSpec.region = 'us-gov-west-1';
      }),
      verdict: 'fail',
      severity: 'error',
      says: ['HTTP APIs of us-gov-west-1 cannot call'],
      remedy: ['Put a load balancer in front of the service'],
    },
    { why: 'a listener by balancer and port', world: aws(), verdict: 'pass' },
    { why: 'a listener by its ARN', world: aws(refer({ listener: LISTENER })), verdict: 'pass' },
    { why: 'a Cloud Map service', world: aws(useService), verdict: 'pass' },
    { why: 'the load balancer of a link V1', world: () => restV1World(), verdict: 'pass' },
    { why: 'the load balancer of a link V1 that is to be created', world: () => newV1World(), verdict: 'pass' },
    {
      why: 'another load balancer than that of the link V1',
      world: () => restV1World(({ the }) => void (the('links', 'vlink-1').loadBalancerIds = [`${BALANCER}9`])),
      verdict: 'fail',
      severity: 'error',
      subject: 'target orders',
      says: ['not a listener of the load balancer of the link'],
      remedy: ['or use another link'],
    },
    {
      why: 'a service of a WebSocket API, whose link is V1',
      world: () => webSocketWorld(useService),
      verdict: 'fail',
      says: ['not a network load balancer'],
    },
    { why: 'ECS and CLB instances', world: alibaba(), verdict: 'pass' },
    {
      why: 'a load balancer instead of a listener: its listeners are named',
      world: aws(refer({ listener: BALANCER })),
      verdict: 'fail',
      severity: 'error',
      subject: 'target orders',
      evidence: ['integrations.orders.targets.orders'],
      remedy: [`${LISTENER} (HTTPS 443)`],
    },
    {
      why: 'a target group',
      world: aws(refer({ listener: GROUP })),
      verdict: 'fail',
      says: ['targetgroup'],
      remedy: ['Write a listener'],
    },
    { why: 'not an ARN', world: aws(refer({ listener: 'orders-alb' })), verdict: 'fail', says: ['not an ARN'] },
    { why: 'a service as listener', world: aws(refer({ listener: SERVICE })), verdict: 'fail', remedy: ['service:'] },
    { why: 'a listener as service', world: aws(refer({ service: LISTENER })), verdict: 'fail', remedy: ['listener:'] },
    {
      why: 'a gateway load balancer',
      world: aws(refer({ listener: LISTENER.replace('/app/', '/gwy/') })),
      verdict: 'fail',
      remedy: ['network load balancer'],
    },
    {
      why: 'an address on AWS',
      world: aws(refer({ address: '10.0.11.20', port: 8080 })),
      verdict: 'fail',
      remedy: ['load balancer', 'Cloud Map'],
    },
    {
      why: 'a listener on Alibaba Cloud',
      world: alibaba(refer({ listener: LISTENER })),
      verdict: 'fail',
      code: 'KIND_UNFIT',
    },
    {
      why: 'REST APIs do not support Cloud Map',
      world: aws((world) => {
        useService(world);
        world.the('gateways', 'api-1').kind = 'rest-api';
        Object.assign(world.integration, { gateway: { restApi: 'api-1' } });
      }),
      verdict: 'fail',
      remedy: ['HTTP API'],
    },
    {
      why: 'a V1 link supports network load balancers only',
      world: aws(({ the }) => Object.assign(the('links', 'vlink-1'), { kind: 'vpc-link-v1' })),
      verdict: 'fail',
      remedy: ['VPC link V2'],
    },
    { why: 'a V1 link and its network load balancer', world: aws(useOldLink), verdict: 'pass' },
  ]);
});
