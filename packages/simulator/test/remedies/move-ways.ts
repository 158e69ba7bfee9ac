import type { Simulation } from '../../src/index.js';
import { ALIBABA_WAYS } from './alibaba-ways.js';
import { unlessThere, type Row, type Way } from './way.js';

const call = (account: Simulation, product: 'CloudAPI' | 'Vpc', action: string, input: Row): any =>
  account.callAlibaba({ product, action, region: 'cn-hangzhou' }, input);

const change =
  (member: string): Way['follow'] =>
  (account, [InstanceId = '']) =>
    call(account, 'CloudAPI', 'ModifyInstanceAttribute', {
      InstanceId,
      [member]: 'true',
      Token: `${member} ${InstanceId}`,
    });

/** Remedies of refused moves of API groups that a program can do as written: those of checks, and those of the move itself. */
export const MOVE_WAYS: readonly Way[] = [
  ...ALIBABA_WAYS,
  {
    pattern:
      /to the accessible blocks of (apigateway-\S+) before the move: .*? call ModifyInstanceAttribute with ToConnectVpcIpBlock (\{[^}]*\})/g,
    follow: (account, [InstanceId = '', block = '{}']) => {
      const ToConnectVpcIpBlock = JSON.parse(block) as Row;
      call(account, 'CloudAPI', 'ModifyInstanceAttribute', {
        InstanceId,
        ToConnectVpcIpBlock,
        Token: block.slice(0, 60),
      });
    },
  },
  {
    pattern: /Attach the private-DNS record (\S+) to (apigateway-\S+) \(AssociateInstanceWithPrivateDNS\)/g,
    follow: (account, [domain = '', InstanceId = '']) =>
      call(account, 'CloudAPI', 'AssociateInstanceWithPrivateDNS', { IntranetDomains: [domain], InstanceId }),
  },
  {
    pattern: /on (apigateway-\S+) before the move \(ModifyInstanceAttribute, (?=VpcSlbIntranetEnable true)/g,
    follow: change('VpcSlbIntranetEnable'),
  },
  {
    pattern: /Enable IPv6 on (apigateway-\S+) \(ModifyInstanceAttribute, (?=IPV6Enabled true)/g,
    follow: change('IPV6Enabled'),
  },
  {
    pattern: /Set the client VPC of (apigateway-\S+) to (vpc-\w+) \(ModifyInstanceVpcAttributeForConsole\)/g,
    follow: (account, [InstanceId = '', VpcId = '']) =>
      call(account, 'CloudAPI', 'ModifyInstanceVpcAttributeForConsole', { InstanceId, VpcId, Token: VpcId }),
  },
  {
    pattern: /Add a route for (\S+) to (vtb-\w+) with the next hop (pcc-\w+)\./g,
    follow: (account, [DestinationCidrBlock = '', RouteTableId = '', NextHopId = '']) =>
      unlessThere(() =>
        call(account, 'Vpc', 'CreateRouteEntry', {
          RouteTableId,
          DestinationCidrBlock,
          NextHopType: 'VpcPeer',
          NextHopId,
        }),
      ),
  },
  // Time passes after each sentence that is followed.
  { pattern: /Wait until it has ended, then validate the move again\./g, follow: () => undefined },
];
