import { alibaba } from '@postern/alibaba';
import { aws } from '@postern/aws';
import { httpShop } from '../../../aws/test/world/http-shop.js';
import { REGION } from '../../../aws/test/world/simulated.js';
import { REGION as ALIBABA_REGION } from '../traffic/alibaba/shop.js';
import { stageWayBack } from './rest-apis/stage-way-back.js';
import { assume, MINUTE, movingShop } from './scene.js';
import { moved, type WayBackWorld } from './way-back-world.js';

/** A route of an HTTP API: the security group of its former link allows nothing outbound any more. The new link has another one. */
async function route(): Promise<WayBackWorld> {
  const { simulation, call, open, ApiId, callGateway, run, links, load } = await httpShop();
  const { VpcId } = call('ec2', 'DescribeSecurityGroups').SecurityGroups[0];
  const own = { GroupName: 'former', Description: 'of the former link', VpcId };
  const { GroupId } = call('ec2', 'CreateSecurityGroup', own);
  const all = { IpProtocol: 'tcp', FromPort: 0, ToPort: 65_535, IpRanges: [{ CidrIp: '0.0.0.0/0' }] };
  call('ec2', 'AuthorizeSecurityGroupIngress', { GroupId: open, IpPermissions: [all] });
  await run(0, GroupId);
  const [from = ''] = links();
  const { SubnetIds } = call('apigatewayv2', 'GetVpcLink', { VpcLinkId: from });
  const wanted = { Name: 'other', SubnetIds, SecurityGroupIds: [open] };
  const to: string = call('apigatewayv2', 'CreateVpcLink', wanted).VpcLinkId;
  await simulation.advance(15 * MINUTE);
  const IpPermissions = [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }];
  const change = async (operation: string): Promise<void> => {
    call('ec2', operation, { GroupId, IpPermissions });
    await simulation.advance(MINUTE);
  };
  return {
    ...(await moved(simulation, aws({ region: REGION, clients: simulation.clients(REGION) }), {
      api: ApiId,
      from,
      to,
    })),
    run: { callGateway },
    settlesMs: MINUTE,
    former: { breaks: () => change('RevokeSecurityGroupEgress'), mends: () => change('AuthorizeSecurityGroupEgress') },
    calls: () => {
      const end = load('/orders');
      return async () => (await end()).lost;
    },
  };
}

/** An API group: the servers refuse the address of its former instance. The new one calls from other addresses. */
async function group(): Promise<WayBackWorld> {
  const shop = await movingShop();
  const { sim, by, serverGroup: SecurityGroupId, egress: SourceCidrIp, request } = shop;
  const rule = { SecurityGroupId, IpProtocol: 'tcp', PortRange: '80/80', SourceCidrIp };
  const change = async (action: string): Promise<void> => {
    by('Ecs', action, rule);
    await sim.advance(MINUTE);
  };
  const driver = alibaba({ region: ALIBABA_REGION, api: sim.alibaba(ALIBABA_REGION) });
  return {
    ...(await moved(sim, driver, request, { assume, manage: [SecurityGroupId] })),
    run: { assume },
    settlesMs: 12 * MINUTE, // DNS changes within ten minutes
    former: { breaks: () => change('RevokeSecurityGroup'), mends: () => change('AuthorizeSecurityGroup') },
    calls: () => {
      const { end } = shop.load();
      return async () => {
        await sim.advance(MINUTE);
        return end().lost;
      };
    },
  };
}

export const WAY_BACK_WORLDS: Readonly<Record<string, () => Promise<WayBackWorld>>> = {
  'a stage of a REST API': stageWayBack,
  'a route of an HTTP API': route,
  'an API group of Alibaba Cloud': group,
};
