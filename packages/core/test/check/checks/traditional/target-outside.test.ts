import { describe } from 'vitest';
import { named } from '../all-checks.js';
import { listed, allowed } from '../cidr/reach.js';
import { checkTable } from '../run-check.js';
import { useConventional } from '../target/backends.js';
import { alibaba, aws, withhold } from '../world.js';
import { edit } from '../edits.js';

const targetOutside = named('cidr/target-outside');

describe('cidr/target-outside', () => {
  const at = (address: string, subnetId: string) => edit({ 'instances.i-1': { addresses: [address], subnetId } });
  checkTable(targetOutside, {
    inside: [alibaba(), 'pass INSIDE_BLOCKS'],
    "outside: the service's own message, and the block of its vSwitch": [
      alibaba(at('10.0.3.7', 'vsw-i')),
      'error OUTSIDE_BLOCKS',
      {
        subject: 'target orders',
        says: 'instance cannot connect the backend 10.0.3.7',
        evidence: ['10.0.3.7', '10.0.20.0/24', '10.0.1.0/24'],
        remedy: ['Add 10.0.3.0/24 to links.eu.allowlist', 'postern apply'],
      },
    ],
    'the spec lists it already: apply adds it': [
      alibaba(at('10.0.3.7', 'vsw-i'), listed('10.0.3.0/24', '10.0.20.0/24')),
      'error OUTSIDE_BLOCKS',
      { remedy: 'Run `postern apply`: it adds' },
    ],
    'a CLB instance': [
      alibaba({ 'loadBalancers.lb-1': { addresses: ['10.0.3.9'], subnetIds: ['vsw-i'] } }),
      'error OUTSIDE_BLOCKS',
      { subject: 'target stock', remedy: '10.0.3.0/24' },
    ],
    'a plain on-premises address': [
      alibaba({ 'integration.targets': { orders: { ref: { address: '172.30.0.5', port: 80 } } } }),
      'error OUTSIDE_BLOCKS',
      { remedy: '172.30.0.5/32' },
    ],
    'in the block of the instance, which the accessible blocks also contain: unreachable': [
      alibaba(at('192.168.5.10', 'vsw-i'), allowed('192.168.5.0/24')),
      'error IN_OWN_BLOCK',
      {
        subject: 'target orders',
        says: ['192.168.5.10', 'in 192.168.0.0/16, the instance CIDR block of link eu'],
        evidence: ['192.168.5.10', '192.168.0.0/16'],
        remedy: ['outside of 192.168.0.0/16', 'instanceCidr: 172.16.0.0/12'],
      },
    ],
    'a plain address in the block of the instance': [
      alibaba(allowed('192.168.5.0/24'), {
        'integration.targets': { orders: { ref: { address: '192.168.5.10', port: 80 } } },
      }),
      'error IN_OWN_BLOCK',
    ],
    'in a block that the instance may have, and the instance does not report its block': [
      alibaba(at('192.168.5.10', 'vsw-i'), allowed('192.168.5.0/24'), { 'links.apigateway-hz-1.native': {} }),
      'unknown OWN_BLOCK_NOT_READ',
    ],
    'outside of both blocks that an instance can have': [
      alibaba({ 'links.apigateway-hz-1.native': {} }),
      'pass INSIDE_BLOCKS',
    ],
    'an IPv6 address cannot be in a list': [
      alibaba({ 'integration.targets': { orders: { ref: { address: 'fd00::1', port: 80 } } } }),
      'error OUTSIDE_BLOCKS',
      { remedy: 'Name an IPv4 address of fd00::1' },
    ],
    'a public address cannot be in a list': [
      alibaba({ 'integration.targets': { orders: { ref: { address: '8.8.8.8', port: 80 } } } }),
      'error OUTSIDE_BLOCKS',
      { remedy: 'Name a private address' },
    ],
    'an address reserved by the cloud cannot be in a list': [
      alibaba({ 'integration.targets': { orders: { ref: { address: '100.100.2.136', port: 80 } } } }),
      'error OUTSIDE_BLOCKS',
      { remedy: 'Name an address of the network' },
    ],
    'inside an existing block that the spec no longer lists': [
      alibaba(listed('10.0.30.0/24')),
      'error BLOCK_LEAVES',
      { remedy: 'Add 10.0.20.0/24 to links.eu.allowlist' },
    ],
    'inside a wider block that the spec lists': [alibaba(listed('10.0.0.0/16')), 'pass INSIDE_BLOCKS'],
    'an external link keeps its blocks': [
      alibaba(listed('10.0.30.0/24'), { 'linkSpec.owner': 'external' }),
      'pass INSIDE_BLOCKS',
    ],
    'instances could not be read': [
      alibaba(withhold('instances', 'ecs:DescribeInstances')),
      'unknown NOT_READ',
      { evidence: 'ecs:DescribeInstances' },
    ],
    'the accessible blocks could not be read': [
      alibaba(withhold('allowlists', 'apigateway:DescribeInstances')),
      'unknown NOT_READ',
      { evidence: 'apigateway:DescribeInstances' },
    ],
    'a conventional instance has no such blocks': [alibaba(useConventional), 'nothing'],
    'AWS has no such blocks': [aws(), 'nothing'],
  });
});
