import {
  addressed,
  api,
  authorise,
  authorised,
  authoriseForeign,
  backend,
  entry,
  group,
  networkAcl,
  ownGroup,
  plugin,
  publish,
  redraft,
  replaceBlock,
  rule,
  source,
  target,
} from './changes.js';
import type { Damage, Fault } from './fault.js';

const REFUSED = { kind: 'fails', words: /^instance cannot connect the backend / } as const;
const CUT_OFF = { kind: 'cut off' } as const;

const base = { source: 'conventional', verdict: 'fail', severity: 'error' } as const;

const vpc: Fault[] = [
  {
    id: 'vpc-draft',
    what: 'a draft leads to another VPC; what is published does not',
    plant: (stage) => {
      authoriseForeign(stage);
      redraft(stage, stage.parts.apis['/orders'], '/orders', authorised('foreign'));
    },
  },
  {
    id: 'vpc-published',
    what: 'what is published leads to another VPC; the draft does not any more',
    plant: (stage) => {
      authoriseForeign(stage);
      redraft(stage, stage.parts.apis['/orders'], '/orders', authorised('foreign'));
      publish(stage, stage.parts.apis['/orders'], 'RELEASE');
      redraft(stage, stage.parts.apis['/orders'], '/orders', authorised('orders'));
    },
  },
  {
    id: 'vpc-stage',
    what: 'one of three stages leads to another VPC',
    plant: (stage) => {
      authoriseForeign(stage);
      redraft(stage, stage.parts.apis['/stock'], '/stock', authorised('foreign'));
      publish(stage, stage.parts.apis['/stock'], 'TEST');
      redraft(stage, stage.parts.apis['/stock'], '/stock', authorised('stock'));
    },
  },
  {
    id: 'vpc-backend',
    what: 'a named backend leads to another VPC on the stage on which an API uses it',
    plant: (stage) => {
      authoriseForeign(stage);
      backend(stage, { RELEASE: { VpcConfig: { Name: 'foreign', VpcScheme: 'http' } } }, 'RELEASE');
    },
  },
  {
    id: 'vpc-backend-draft',
    what: 'a named backend leads to another VPC on a stage on which nothing is published yet',
    plant: (stage) => {
      authoriseForeign(stage);
      backend(
        stage,
        {
          RELEASE: { VpcConfig: { Name: 'orders', VpcScheme: 'http' } },
          PRE: { VpcConfig: { Name: 'foreign', VpcScheme: 'http' } },
        },
        'RELEASE',
      );
    },
  },
  {
    id: 'vpc-routing-yaml',
    what: 'a routing plug-in in YAML names an authorisation of another VPC',
    plant: (stage) => {
      authoriseForeign(stage);
      plugin(stage, 'routing', 'routes:\n- name: far\n  backend: { type: HTTP-VPC, vpcAccessName: foreign }\n');
    },
  },
  {
    id: 'vpc-routing-json',
    what: 'a routing plug-in in JSON names an authorisation of another VPC',
    plant: (stage) => {
      authoriseForeign(stage);
      plugin(stage, 'routing', '{"routes":[{"name":"far","backend":{"type":"HTTP_VPC","vpcAccessName":"foreign"}}]}');
    },
  },
  {
    id: 'vpc-remote-auth',
    what: 'a remote-auth plug-in of the whole group asks a server in another VPC',
    plant: (stage) => {
      authoriseForeign(stage);
      plugin(stage, 'remoteAuth', 'authUriType: HTTP-VPC\nauthUri:\n  vpcAccessName: foreign\n', { on: 'group' });
    },
  },
].map((one) => ({ ...base, ...one, family: 'VPC', facts: '5.3', found: ['migrate/network'], damage: REFUSED }));

const blocks: Fault[] = [
  {
    id: 'block-missing',
    what: 'the block of the backends is not accessible',
    plant: (stage) => replaceBlock(stage, '10.10.20.0/24'),
  },
  {
    id: 'block-too-small',
    what: 'a smaller block is accessible, with one backend in it and another outside',
    plant: (stage) => {
      const {
        IpAddress: [address = ''],
      } = stage.call('Ecs', 'DescribeInstances', {
        InstanceIds: JSON.stringify([stage.parts.machine]),
      }).Instances.Instance[0].VpcAttributes.PrivateIpAddress;
      return replaceBlock(stage, '10.10.20.0/24', `${address}/32`);
    },
  },
  {
    id: 'block-ip',
    what: 'an authorisation names an address outside of the accessible blocks',
    plant: (stage) => {
      const [address] = addressIn(stage);
      authorise(stage, 'plain', stage.parts.vpc, address, 8080);
      api(stage, '/plain', authorised('plain'), 'RELEASE');
    },
  },
  {
    id: 'block-routing',
    what: 'a routing plug-in calls a private address outside of the accessible blocks',
    plant: (stage) => {
      plugin(stage, 'routing', 'routes:\n- backend: { type: HTTP, address: "http://10.10.30.5:80" }\n');
    },
  },
  {
    id: 'block-remote-auth',
    what: 'a remote-auth plug-in calls a private address outside of the accessible blocks',
    plant: (stage) => {
      plugin(stage, 'remoteAuth', '{"authUriType":"HTTP","authUri":{"address":"http://10.10.30.6:80"}}');
    },
  },
  {
    id: 'block-jwt',
    what: 'a JWT plug-in fetches its keys from a private address outside of the accessible blocks',
    plant: (stage) => {
      plugin(
        stage,
        'jwtAuth',
        'parameter: Authorization\nparameterLocation: header\njwksUri: http://10.10.30.7/keys\n',
        { on: 'group' },
      );
    },
  },
  {
    id: 'block-draft',
    what: 'a draft calls a private address outside of the accessible blocks',
    plant: (stage) => {
      api(stage, '/draft', addressed('http://10.10.30.8:80'));
    },
  },
  {
    id: 'block-backend',
    what: 'a named backend calls a private address outside of the accessible blocks',
    plant: (stage) => backend(stage, { PRE: { ServiceAddress: 'http://10.10.30.9:80' } }, 'PRE'),
  },
].map((one) => ({
  ...base,
  ...one,
  family: 'accessible blocks',
  facts: '5.3',
  found: ['migrate/accessible-blocks'],
  damage: REFUSED,
}));

/** A second machine, in a vSwitch that is not accessible. */
function addressIn({ call, parts }: Parameters<Fault['plant']>[0]): readonly [string] {
  const VSwitchId: string = call('Vpc', 'CreateVSwitch', {
    VpcId: parts.vpc,
    CidrBlock: '10.10.40.0/24',
    ZoneId: 'cn-hangzhou-j',
  }).VSwitchId;
  const [id = ''] = call('Ecs', 'RunInstances', {
    Amount: 1,
    ImageId: 'ubuntu_24_04_x64_20G_alibase_20260101.vhd',
    InstanceType: 'ecs.g7.large',
    VSwitchId,
    SecurityGroupId: parts.group,
  }).InstanceIdSets.InstanceIdSet as string[];
  const found = call('Ecs', 'DescribeInstances', { InstanceIds: JSON.stringify([id]) });
  return [found.Instances.Instance[0].VpcAttributes.PrivateIpAddress.IpAddress[0]];
}

const securityGroups: Fault[] = [
  {
    id: 'sg-old-only',
    what: "the backend's security group lets in the old egress only",
    plant: (stage) => ownGroup(stage),
  },
  {
    id: 'sg-one-zone',
    what: "the backend's security group lets in one of two zones",
    plant: (stage) => ownGroup(stage, '10.10.0.0/24'),
  },
  {
    id: 'sg-port',
    what: "the backend's security group lets the new egress in on another port",
    plant: async (stage) => {
      const own = await ownGroup(stage);
      rule(stage, own, { PortRange: '80/80', SourceCidrIp: '10.10.0.0/16' });
    },
  },
  {
    id: 'sg-drop',
    what: 'a rule that comes first drops one zone',
    plant: async (stage) => {
      const own = await ownGroup(stage, '10.10.0.0/16');
      rule(stage, own, { Policy: 'Drop', Priority: '1', SourceCidrIp: '10.10.1.0/24' });
    },
  },
  {
    id: 'sg-drop-wins',
    what: 'of two rules with the same priority the drop wins',
    plant: async (stage) => {
      const own = await ownGroup(stage, '10.10.0.0/16');
      rule(stage, own, { Policy: 'Drop', Priority: '1', SourceCidrIp: '10.10.0.0/22' });
    },
  },
  {
    id: 'sg-inner-drop',
    what: 'members of the common group do not reach one another any more',
    plant: ({ call, parts }) =>
      call('Ecs', 'ModifySecurityGroupPolicy', { SecurityGroupId: parts.group, InnerAccessPolicy: 'Drop' }),
  },
  {
    id: 'sg-out',
    what: "the instance's security group lets nothing out to the machine",
    plant: async (stage) => {
      await ownGroup(stage, '10.10.0.0/16');
      rule(stage, stage.parts.group, { Policy: 'Drop', Priority: '1', DestCidrIp: '10.10.20.0/24' }, 'Egress');
    },
  },
  {
    id: 'sg-out-clb',
    what: "the instance's security group lets nothing out to the load balancer, which is a member of no group",
    plant: (stage) =>
      rule(
        stage,
        stage.parts.group,
        { PortRange: '80/80', Policy: 'Drop', Priority: '1', DestCidrIp: '10.10.20.0/24' },
        'Egress',
      ),
  },
].map((one) => ({
  ...base,
  ...one,
  family: 'security groups',
  facts: '6.3',
  found: ['path/security-group'],
  damage: CUT_OFF,
}));

const OLD = '100.64.0.0/10';

const networkAcls: Fault[] = [
  {
    id: 'nacl-in',
    what: "the backend's network ACL lets in the old egress only",
    plant: (stage) => networkAcl(stage, stage.parts.vswitches.app, { ingress: [`accept -1/-1 ${OLD}`] }),
  },
  {
    id: 'nacl-zone',
    what: "the backend's network ACL drops one zone",
    plant: (stage) =>
      networkAcl(stage, stage.parts.vswitches.app, {
        ingress: ['drop 8080/8080 10.10.1.0/24', 'accept -1/-1 0.0.0.0/0'],
      }),
  },
  {
    id: 'nacl-answer',
    what: "answers to the new egress do not leave the backend's vSwitch",
    plant: (stage) =>
      networkAcl(stage, stage.parts.vswitches.app, { egress: [`accept -1/-1 ${OLD}`, 'accept 443/443 10.10.0.0/16'] }),
  },
  {
    id: 'nacl-out',
    what: "calls do not leave the instance's vSwitch of one zone",
    plant: (stage) => networkAcl(stage, stage.parts.vswitches.k, { egress: ['accept 443/443 0.0.0.0/0'] }),
  },
  {
    id: 'nacl-back',
    what: "answers do not come into the instance's vSwitch of one zone",
    plant: (stage) => networkAcl(stage, stage.parts.vswitches.j, { ingress: ['accept 443/443 0.0.0.0/0'] }),
  },
].map((one) => ({
  ...base,
  ...one,
  family: 'network ACLs',
  facts: '6.5a',
  found: [/answer|back/.test(one.id) ? 'path/return' : 'path/network-acl'],
  damage: CUT_OFF,
}));

const accessLists: Fault[] = [
  {
    id: 'acl-old-only',
    what: 'the access control list of the CLB listener holds the old egress only',
    plant: (stage) => {
      entry(stage, 'Remove', '10.10.0.0/24');
      entry(stage, 'Remove', '10.10.1.0/24');
    },
  },
  {
    id: 'acl-one-zone',
    what: 'the access control list of the CLB listener holds one zone',
    plant: (stage) => entry(stage, 'Remove', '10.10.1.0/24'),
  },
  {
    id: 'acl-half',
    what: "the access control list of the CLB listener holds half of a zone's vSwitch, in which the instance does not stand",
    plant: (stage) => {
      entry(stage, 'Remove', '10.10.0.0/24');
      entry(stage, 'Add', '10.10.0.0/30');
    },
  },
  {
    id: 'acl-deny',
    what: 'the access control list of the CLB listener keeps the new egress out',
    plant: (stage) => {
      const { call, parts } = stage;
      for (const block of parts.oldBlocks) entry(stage, 'Remove', block);
      call('Slb', 'SetLoadBalancerHTTPListenerAttribute', {
        LoadBalancerId: parts.balancer,
        ListenerPort: 80,
        AclStatus: 'on',
        AclType: 'black',
        AclId: parts.accessList,
      });
    },
  },
].map((one) => ({
  ...base,
  ...one,
  family: 'access control lists',
  facts: '6.4',
  found: ['path/load-balancer'],
  damage: CUT_OFF,
}));

const routes: Fault[] = [
  {
    id: 'route-none',
    what: "the route table of the target's vSwitches has no route to the other VPC",
    plant: ({ call, parts }) => deleteRoute(call, parts.tables.next, '10.11.0.0/16', parts.peering),
    found: ['path/route'],
  },
  {
    id: 'route-return',
    what: 'the other VPC has no route back to one zone of the target',
    plant: ({ call, parts }) => deleteRoute(call, parts.tables.elsewhere, '10.10.1.0/24', parts.peering),
    found: ['path/return'],
  },
  {
    id: 'route-appliance',
    what: 'a longer route of the target leads to an instance that nobody knows to forward',
    plant: ({ call, parts }) => {
      call('Vpc', 'CreateRouteEntry', {
        RouteTableId: parts.tables.next,
        DestinationCidrBlock: '10.11.0.0/24',
        NextHopType: 'Instance',
        NextHopId: parts.machine,
      });
    },
    found: ['path/route'],
    verdict: 'unknown' as const,
    damage: { kind: 'unknown' } as Damage,
  },
].map((one) => ({ ...base, damage: CUT_OFF, ...one, source: 'integration', family: 'routes', facts: '6.5' }));

function deleteRoute(
  call: Parameters<Fault['plant']>[0]['call'],
  RouteTableId: string,
  DestinationCidrBlock: string,
  NextHopId: string,
): void {
  call('Vpc', 'DeleteRouteEntry', { RouteTableId, DestinationCidrBlock, NextHopId });
}

const privateNames: Fault[] = [
  {
    id: 'dns-not-attached',
    what: 'the private-DNS record of a backend is not attached to the target',
    plant: ({ call, parts }) =>
      call('CloudAPI', 'DissociateInstanceWithPrivateDNS', {
        IntranetDomains: ['orders.internal'],
        InstanceId: parts.next,
      }),
    found: ['migrate/private-domain'],
    damage: { kind: 'documented', words: 'the name is answered no longer, and the API says 504' } as Damage,
  },
  {
    id: 'dns-outside',
    what: 'a record of a private domain lies outside of the accessible blocks of the target',
    plant: ({ edit }) =>
      edit((row) => row['domain'] === 'orders.internal', { records: [{ record: '10.10.30.5', weight: 100 }] }),
    found: ['migrate/accessible-blocks'],
    damage: REFUSED as Damage,
  },
].map((one) => ({ ...base, ...one, source: 'integration', family: 'private names', facts: '4.5' }));

const blockers: Fault[] = [
  {
    id: 'locked-billing',
    what: 'the group is locked for an overdue bill',
    plant: (stage) => group(stage, { billingStatus: 'LOCKED' }),
    found: ['migrate/locked'],
    damage: { kind: 'refused', words: /overdue/ } as Damage,
    facts: '6.1',
  },
  {
    id: 'locked-contents',
    what: 'the group is locked for its contents',
    plant: (stage) => group(stage, { illegalStatus: 'LOCKED' }),
    found: ['migrate/locked'],
    damage: { kind: 'refused', words: /illegal/ } as Damage,
    facts: '6.1',
  },
  {
    id: 'target-failed',
    what: 'the target instance failed to start',
    plant: (stage) => target(stage, { status: 'CREATE_FAILED' }),
    found: ['migrate/ready'],
    damage: { kind: 'refused', words: /not running/ } as Damage,
    facts: '1.3',
  },
  {
    id: 'target-switch',
    what: 'a change of the spec of the target waits for its switch',
    plant: (stage) => target(stage, { status: 'WAIT_SWITCH' }),
    found: ['migrate/switch-pending'],
    damage: { kind: 'refused', words: /not running/ } as Damage,
    facts: '1.4',
  },
  {
    id: 'under-way',
    what: 'another migration of the group is under way',
    plant: ({ call, parts, wait }) => {
      call('CloudAPI', 'ModifyApiGroupInstance', { GroupId: parts.apiGroup, TargetInstanceId: 'api-shared-vpc-001' });
      return wait(20_000);
    },
    found: ['migrate/under-way'],
    damage: { kind: 'refused', words: /concurrency lock/ } as Damage,
    facts: '5.2',
  },
  {
    id: 'marketplace',
    what: 'the group is sold on the Marketplace',
    plant: (stage) => group(stage, { marketplace: true }),
    found: ['migrate/refused'],
    damage: { kind: 'documented', words: 'its buyers do not find it any more' } as Damage,
    facts: '6.1',
  },
].map((one) => ({ ...base, ...one, family: 'blockers' }));

const settings: Fault[] = [
  {
    id: 'https-policy',
    what: "the target's HTTPS policy is another one",
    plant: (stage) => target(stage, { httpsPolicy: 'HTTPS1_1_TLS1_0' }),
    found: ['migrate/https-policy'],
    severity: 'warning' as const,
    damage: changed('HttpsPolicy', 'its HTTPS policy is that of the target'),
  },
  {
    id: 'rate',
    what: "the group's own limit is higher than the target's",
    plant: (stage) => group(stage, { trafficLimit: 9000 }),
    found: ['migrate/rate'],
    severity: 'warning' as const,
    damage: changed('TrafficLimit', 'its limit is that of the target'),
  },
  {
    id: 'network-domain',
    what: 'the group is called by its VPC domain, which the target has not',
    plant: (stage) => group(stage, { networkPolicy: { InternetEnable: true, VpcIntranetEnable: true } }),
    found: ['migrate/domains'],
    damage: { kind: 'documented', words: 'the VPC domain leads nowhere' } as Damage,
  },
  {
    id: 'intranet-domain',
    what: 'the group is called by its intranet domain, which the target has not',
    plant: (stage) => group(stage, { networkPolicy: { InternetEnable: true, VpcSlbIntranetEnable: true } }),
    found: ['migrate/domains'],
    damage: { kind: 'documented', words: 'the intranet domain leads nowhere' } as Damage,
  },
  {
    id: 'client-network',
    what: 'callers stand in another client VPC',
    plant: (stage) => {
      group(stage, { networkPolicy: { InternetEnable: true, VpcIntranetEnable: true } });
      source(stage, { vpcIntranet: true, clientVpcId: stage.parts.elsewhere });
      target(stage, { vpcIntranet: true, clientVpcId: stage.parts.vpc });
    },
    found: ['migrate/client-network'],
    damage: { kind: 'documented', words: 'callers of the VPC domain do not reach it' } as Damage,
  },
  {
    id: 'ipv6',
    what: 'the group is called over IPv6, which the target has not',
    plant: (stage) => group(stage, { networkPolicy: { InternetEnable: true, InternetIPV6Enable: true } }),
    found: ['migrate/ipv6'],
    damage: { kind: 'documented', words: 'callers over IPv6 do not reach it' } as Damage,
  },
  {
    id: 'custom-domain',
    what: 'a custom domain has an A record',
    plant: (stage) => group(stage, { domains: [{ name: 'api.example.com', kind: 'custom', cname: false }] }),
    found: ['migrate/custom-domain'],
    damage: { kind: 'documented', words: 'it stays behind and answers 410' } as Damage,
  },
].map((one) => ({ ...base, ...one, family: 'settings', facts: '5.4' }));

function changed(name: string, words: string): Damage {
  return {
    kind: 'changed',
    words,
    read: ({ call, parts }) => call('CloudAPI', 'DescribeApiGroup', { GroupId: parts.apiGroup })[name],
  };
}

const unknowns: Fault[] = [
  {
    id: 'variable-authorisation',
    what: 'an authorisation is written as a stage variable',
    plant: (stage) => {
      plugin(stage, 'routing', 'routes:\n- backend: { type: HTTP-VPC, vpcAccessName: "#WHERE#" }\n');
    },
    found: ['migrate/stage-variable'],
    facts: '4.4',
  },
  {
    id: 'variable-address',
    what: 'an address is written as a stage variable',
    plant: (stage) => {
      backend(stage, { RELEASE: { ServiceAddress: 'http://#host#:80' } }, 'RELEASE');
    },
    found: ['migrate/stage-variable'],
    facts: '4.4',
  },
  ...(
    [
      ['DescribePlugins', 'cloudapi', 'migrate/known'],
      ['DescribeBackendList', 'cloudapi', 'migrate/known'],
      ['DescribeVpcAccesses', 'cloudapi', 'migrate/known'],
    ] as const
  ).map(([operation, service, check]) => ({
    id: `denied-${operation}`,
    what: `${operation} is not allowed`,
    plant: ({ simulation }: Parameters<Fault['plant']>[0]) =>
      simulation.faults.add({ service, operation, kind: 'deny' }),
    found: [check],
    facts: '6.1',
  })),
].map((one) => ({ ...base, ...one, verdict: 'unknown', family: 'not known', damage: { kind: 'unknown' } }));

const wayBack: Fault[] = [
  {
    id: 'back-plain-address',
    what: 'the target is a conventional instance, and an API calls a private address without an authorisation',
    plant: async (stage) => {
      await stage.move();
      api(stage, '/plain', addressed('http://10.10.20.9:80'), 'RELEASE');
    },
    to: 'old' as const,
    found: ['migrate/plain-address'],
    damage: { kind: 'documented', words: 'a conventional instance calls only what an authorisation names' } as Damage,
  },
  {
    id: 'back-registry',
    what: 'the target is a conventional instance, and a named backend finds its servers in a registry',
    plant: async (stage) => {
      await stage.move();
      backend(
        stage,
        {
          RELEASE: {
            DiscoveryConfig: {
              RcType: 'nacos',
              NacosConfig: { ServerAddress: '10.10.20.8:8848', ServiceName: 'orders' },
            },
          },
        },
        'RELEASE',
      );
    },
    to: 'old' as const,
    found: ['migrate/plain-address'],
    damage: { kind: 'documented', words: 'a conventional instance finds no servers in registries' } as Damage,
  },
  {
    id: 'back-no-entry',
    what: "the way back is closed: the backend's security group does not let in the egress of the conventional instance",
    plant: async (stage) => {
      const { call, parts } = stage;
      await stage.move();
      for (const SourceCidrIp of parts.oldBlocks) {
        call('Ecs', 'RevokeSecurityGroup', {
          SecurityGroupId: parts.group,
          Permissions: [{ IpProtocol: 'TCP', PortRange: '8080/8080', SourceCidrIp }],
        });
      }
    },
    to: 'old' as const,
    found: ['path/security-group'],
    damage: CUT_OFF as Damage,
  },
  {
    id: 'no-way-back',
    what: 'the group could move and never back: a draft calls an address that needs no authorisation on the target',
    plant: (stage) => {
      api(stage, '/plain', addressed(`http://${addressOf(stage)}:8080`));
    },
    found: ['migrate/rollback'],
    severity: 'warning' as const,
    damage: { kind: 'documented', words: 'a rollback loses that backend' } as Damage,
  },
].map((one) => ({ ...base, ...one, family: 'way back', facts: '5.5' }));

function addressOf({ call, parts }: Parameters<Fault['plant']>[0]): string {
  const found = call('Ecs', 'DescribeInstances', { InstanceIds: JSON.stringify([parts.machine]) });
  return found.Instances.Instance[0].VpcAttributes.PrivateIpAddress.IpAddress[0];
}

/** Every way in which a migration of an API group goes wrong that validation knows. */
export const CATALOGUE: readonly Fault[] = [
  ...vpc,
  ...blocks,
  ...securityGroups,
  ...networkAcls,
  ...accessLists,
  ...routes,
  ...privateNames,
  ...blockers,
  ...settings,
  ...unknowns,
  ...wayBack,
];
