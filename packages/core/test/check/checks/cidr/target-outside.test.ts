import { describe } from 'vitest';
import { named } from '../all-checks.js';
import { listed, allowed } from './reach.js';
import { checkTable } from '../run-check.js';
import { useConventional } from '../target/backends.js';
import { type World, alibaba, aws } from '../world.js';

const targetOutside = named('cidr/target-outside');

describe('cidr/target-outside', () => {
  const at = (address: string, subnetId: string) => (world: World) => {
    Object.assign(world.the('instances', 'i-1'), { addresses: [address], subnetId });
  };
  checkTable(targetOutside, [
    { why: 'inside', world: alibaba(), verdict: 'pass' },
    {
      why: "outside: the service's own message, and the block of its vSwitch",
      world: alibaba(at('10.0.3.7', 'vsw-i')),
      verdict: 'fail',
      severity: 'error',
      subject: 'target orders',
      says: ['instance cannot connect the backend 10.0.3.7'],
      evidence: ['10.0.3.7', '10.0.20.0/24', '10.0.1.0/24'],
      remedy: ['Add 10.0.3.0/24 to links.eu.allowlist', 'postern apply'],
    },
    {
      why: 'the spec lists it already: apply adds it',
      world: alibaba(at('10.0.3.7', 'vsw-i'), listed('10.0.3.0/24', '10.0.20.0/24')),
      verdict: 'fail',
      remedy: ['Run `postern apply`: it adds'],
    },
    {
      why: 'a CLB instance',
      world: alibaba(({ the }) =>
        Object.assign(the('loadBalancers', 'lb-1'), { addresses: ['10.0.3.9'], subnetIds: ['vsw-i'] }),
      ),
      verdict: 'fail',
      subject: 'target stock',
      remedy: ['10.0.3.0/24'],
    },
    {
      why: 'a plain on-premises address',
      world: alibaba(({ integration }) => {
        integration.targets = { orders: { ref: { address: '172.30.0.5', port: 80 } } };
      }),
      verdict: 'fail',
      remedy: ['172.30.0.5/32'],
    },
    {
      why: 'in the block of the instance, which the accessible blocks also contain: unreachable',
      world: alibaba(at('192.168.5.10', 'vsw-i'), allowed('192.168.5.0/24')),
      verdict: 'fail',
      code: 'IN_OWN_BLOCK',
      severity: 'error',
      subject: 'target orders',
      says: ['192.168.5.10', 'in 192.168.0.0/16, the instance CIDR block of link eu'],
      evidence: ['192.168.5.10', '192.168.0.0/16'],
      remedy: ['outside of 192.168.0.0/16', 'instanceCidr: 172.16.0.0/12'],
    },
    {
      why: 'a plain address in the block of the instance',
      world: alibaba(allowed('192.168.5.0/24'), ({ integration }) => {
        integration.targets = { orders: { ref: { address: '192.168.5.10', port: 80 } } };
      }),
      verdict: 'fail',
      code: 'IN_OWN_BLOCK',
    },
    {
      why: 'in a block that the instance may have, and the instance does not report its block',
      world: alibaba(at('192.168.5.10', 'vsw-i'), allowed('192.168.5.0/24'), ({ the }) => {
        Object.assign(the('links', 'apigateway-hz-1'), { native: {} });
      }),
      verdict: 'unknown',
      code: 'OWN_BLOCK_NOT_READ',
    },
    {
      why: 'outside of both blocks that an instance can have',
      world: alibaba(({ the }) => void Object.assign(the('links', 'apigateway-hz-1'), { native: {} })),
      verdict: 'pass',
    },
    {
      why: 'an IPv6 address cannot be in a list',
      world: alibaba(({ integration }) => {
        integration.targets = { orders: { ref: { address: 'fd00::1', port: 80 } } };
      }),
      verdict: 'fail',
      remedy: ['Name an IPv4 address of fd00::1'],
    },
    {
      why: 'a public address cannot be in a list',
      world: alibaba(({ integration }) => {
        integration.targets = { orders: { ref: { address: '8.8.8.8', port: 80 } } };
      }),
      verdict: 'fail',
      remedy: ['Name a private address'],
    },
    {
      why: 'an address reserved by the cloud cannot be in a list',
      world: alibaba(({ integration }) => {
        integration.targets = { orders: { ref: { address: '100.100.2.136', port: 80 } } };
      }),
      verdict: 'fail',
      remedy: ['Name an address of the network'],
    },
    {
      why: 'inside an existing block that the spec no longer lists',
      world: alibaba(listed('10.0.30.0/24')),
      verdict: 'fail',
      code: 'BLOCK_LEAVES',
      severity: 'error',
      remedy: ['Add 10.0.20.0/24 to links.eu.allowlist'],
    },
    { why: 'inside a wider block that the spec lists', world: alibaba(listed('10.0.0.0/16')), verdict: 'pass' },
    {
      why: 'an external link keeps its blocks',
      world: alibaba((world) => {
        listed('10.0.30.0/24')(world);
        world.linkSpec.owner = 'external';
      }),
      verdict: 'pass',
    },
    {
      why: 'instances could not be read',
      world: alibaba(({ withhold }) => withhold('instances', 'ecs:DescribeInstances')),
      verdict: 'unknown',
      code: 'NOT_READ',
      evidence: ['ecs:DescribeInstances'],
    },
    {
      why: 'the accessible blocks could not be read',
      world: alibaba(({ withhold }) => withhold('allowlists', 'apigateway:DescribeInstances')),
      verdict: 'unknown',
      code: 'NOT_READ',
      evidence: ['apigateway:DescribeInstances'],
    },
    { why: 'a conventional instance has no such blocks', world: alibaba(useConventional), verdict: 'nothing' },
    { why: 'AWS has no such blocks', world: aws(), verdict: 'nothing' },
  ]);
});
