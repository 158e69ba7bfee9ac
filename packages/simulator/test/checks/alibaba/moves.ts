import type { AlibabaStage } from './account.js';

/** Replaces the spec's vSwitches. */
export const subnets = (stage: AlibabaStage, ...ids: readonly string[]) =>
  stage.write(/subnets: \[[^\]]*\]/, `subnets: [${ids.join(', ')}]`);
/** Replaces the spec's accessible blocks. */
export const allow = (stage: AlibabaStage, ...blocks: readonly string[]) =>
  stage.write(/allowlist: \[[^\]]*\]/, `allowlist: [${blocks.join(', ')}]`);

/** The block that the backends are in. */
export const APP = '10.10.20.0/24';
/** Removes the block of the backends outside of Postern. */
export const closeBlock = ({ call, link, wait }: AlibabaStage) => {
  call('CloudAPI', 'ModifyInstanceAttribute', { InstanceId: link(), DeleteVpcIpBlock: APP });
  return wait();
};
/** Adds a block outside of Postern. */
export const openBlock = ({ call, link, wait }: AlibabaStage, CidrBlock: string) => {
  const ToConnectVpcIpBlock = { CidrBlock, Customized: true };
  call('CloudAPI', 'ModifyInstanceAttribute', { InstanceId: link(), ToConnectVpcIpBlock });
  return wait();
};
export const apiIds = ({ call, parts }: AlibabaStage): readonly string[] =>
  call('CloudAPI', 'DescribeApis', { GroupId: parts.apiGroup }).ApiSummarys.ApiSummary.map((one: any) => one.ApiId);
/** The listener of the CLB instance. */
export const port = ({ parts }: AlibabaStage) => ({ LoadBalancerId: parts.balancer, ListenerPort: 80 });
/** Switches the access control of the listener on or off. */
export const acl = (stage: AlibabaStage, AclStatus: 'on' | 'off') =>
  stage.call('Slb', 'SetLoadBalancerHTTPListenerAttribute', {
    ...port(stage),
    AclStatus,
    ...(AclStatus === 'on' ? { AclType: 'white', AclId: stage.parts.accessList } : {}),
  });
/** Changes the access control list. */
export const entry = (stage: AlibabaStage, action: 'Add' | 'Remove', block: string) =>
  stage.call('Slb', `${action}AccessControlListEntry`, {
    AclId: stage.parts.accessList,
    AclEntrys: JSON.stringify([{ entry: block }]),
  });
/** Changes the security group: TCP 8080. */
export const rule = (stage: AlibabaStage, action: 'AuthorizeSecurityGroup' | 'RevokeSecurityGroup', more: object) =>
  stage.call('Ecs', action, {
    SecurityGroupId: stage.parts.group,
    Permissions: [{ IpProtocol: 'TCP', PortRange: '8080/8080', ...more }],
  });
/** The VPC's own route table. */
export const mainTable = ({ call, parts }: AlibabaStage): string =>
  call('Vpc', 'DescribeRouteTableList', { VpcId: parts.vpc }).RouterTableList.RouterTableListType[0].RouteTableId;
/** A route to a network behind a VPN gateway. */
export const routeTo = (stage: AlibabaStage, DestinationCidrBlock: string) =>
  stage.call('Vpc', 'CreateRouteEntry', {
    RouteTableId: mainTable(stage),
    DestinationCidrBlock,
    NextHopType: 'VpnGateway',
    NextHopId: 'vpn-bp1example',
  });

/** Without it no vSwitch can be read; the same holds for the others. */
export const SUBNETS = ['vpc:DescribeVSwitches', 'vpc', 'DescribeVSwitches'] as const;
export const GROUPS = ['ecs:DescribeSecurityGroups', 'ecs', 'DescribeSecurityGroups'] as const;
export const INSTANCES = ['apigateway:DescribeInstances', 'cloudapi', 'DescribeInstances'] as const;
export const LISTENERS = ['slb:DescribeLoadBalancerListeners', 'slb', 'DescribeLoadBalancerListeners'] as const;
