import type { Severity } from '@postern/core/internal/library';
import type { MigrationReport } from '@postern/core/internal/moves';
import type { AwsStage } from '../../checks/aws/account.js';
import { edit } from '../../checks/show.js';

/** The damage when the fault is ignored. */
export type AwsDamage =
  /** The integration moves to the new link, and a backend that was called before is no longer reached. */
  | { readonly kind: 'cut off' }
  /** A call that the move needs is refused with this message. */
  | { readonly kind: 'refused'; readonly call: (stage: AwsStage, to: string) => unknown; readonly words: RegExp }
  /** The integration moves to the new link, and a setting has changed. */
  | { readonly kind: 'changed'; readonly read: (stage: AwsStage, link: string) => unknown; readonly words: string };

/** One fault of a move of routes of an HTTP API. */
export interface AwsFault {
  readonly id: string;
  readonly family: string;
  /** Section of the notes on the cloud's behavior. */
  readonly facts: string;
  readonly what: string;
  /** Creates the link to move to, and the fault; returns the link's ID. */
  readonly plant: (stage: AwsStage) => string | Promise<string>;
  /** The route to move; all of them by default. */
  readonly route?: string | undefined;
  readonly found: readonly string[];
  readonly verdict: MigrationReport['findings'][number]['verdict'];
  readonly severity: Severity;
  readonly damage: AwsDamage;
}

/** Creates a second link; returns its ID. */
export async function secondLink(
  stage: AwsStage,
  SecurityGroupIds: readonly string[] = [stage.parts.groups.link],
  SubnetIds: readonly string[] = [stage.parts.subnets.a, stage.parts.subnets.b],
): Promise<string> {
  const { VpcLinkId } = stage.call('apigatewayv2', 'CreateVpcLink', { Name: 'next', SecurityGroupIds, SubnetIds });
  await stage.wait();
  return VpcLinkId;
}

/** The integration of the scene's route. */
export function integrationOf({ call, parts }: AwsStage, key = 'ANY /orders'): string {
  const { Items } = call('apigatewayv2', 'GetRoutes', { ApiId: parts.api });
  return (Items.find(({ RouteKey }: any) => RouteKey === key).Target as string).replace('integrations/', '');
}

/** Moves the integration to another link by a call. */
export function move(stage: AwsStage, to: string): void {
  const IntegrationId = integrationOf(stage);
  stage.call('apigatewayv2', 'UpdateIntegration', { ApiId: stage.parts.api, IntegrationId, ConnectionId: to });
}

/** A route on the same integration as the scene's. */
export function share({ call, parts }: AwsStage, IntegrationId: string): void {
  call('apigatewayv2', 'CreateRoute', {
    ApiId: parts.api,
    RouteKey: 'GET /other',
    Target: `integrations/${IntegrationId}`,
  });
}

/** Creates an integration without a route, on a link; returns its ID. */
export function integration({ call, parts }: AwsStage, ConnectionId: string): string {
  return call('apigatewayv2', 'CreateIntegration', {
    ApiId: parts.api,
    IntegrationType: 'HTTP_PROXY',
    IntegrationMethod: 'ANY',
    ConnectionType: 'VPC_LINK',
    ConnectionId,
    IntegrationUri: parts.listener,
    PayloadFormatVersion: '1.0',
  }).IntegrationId;
}

/** The API has as many integrations as an API can have. */
function fill(stage: AwsStage, link: string): void {
  for (let count = 1; count < 300; count += 1) integration(stage, link);
}

/** A network ACL around a subnet that denies TCP of these ports. */
function networkAcl({ ec2, parts }: AwsStage, subnet: string, Egress: boolean, From: number, To = From): void {
  const { NetworkAclId } = ec2('CreateNetworkAcl', { VpcId: parts.vpc }).NetworkAcl;
  const all = { NetworkAclId, RuleNumber: 100, Protocol: '-1', RuleAction: 'allow', CidrBlock: '0.0.0.0/0' };
  for (const way of [true, false]) ec2('CreateNetworkAclEntry', { ...all, Egress: way });
  ec2('CreateNetworkAclEntry', {
    ...all,
    RuleNumber: 10,
    Protocol: '6',
    RuleAction: 'deny',
    Egress,
    PortRange: { From, To },
  });
  const { NetworkAcls } = ec2('DescribeNetworkAcls', {});
  const { NetworkAclAssociationId: AssociationId } = NetworkAcls.flatMap(({ Associations }: any) => Associations).find(
    ({ SubnetId }: any) => SubnetId === subnet,
  );
  ec2('ReplaceNetworkAclAssociation', { AssociationId, NetworkAclId });
}

const CUT_OFF: AwsDamage = { kind: 'cut off' };
const refused = (call: (stage: AwsStage, to: string) => unknown): AwsDamage => ({
  kind: 'refused',
  words: /integrations/i,
  call,
});

type Given = Partial<AwsFault> & Pick<AwsFault, 'id' | 'what' | 'plant'>;

const faults = (common: Partial<AwsFault>, given: readonly Given[]): readonly AwsFault[] =>
  given.map((one) => ({
    family: '',
    facts: '',
    found: [],
    verdict: 'fail',
    severity: 'error',
    damage: CUT_OFF,
    ...common,
    ...one,
  }));

/** A link to which a move cannot be judged: the call of the validation itself fails. */
export interface AwsRefusal extends Pick<AwsFault, 'id' | 'family' | 'facts' | 'what'> {
  /** Creates it; returns its ID. */
  readonly target: (stage: AwsStage) => string | Promise<string>;
  readonly code: string;
  /** The service's error when an integration is moved to it nevertheless. */
  readonly words: RegExp;
}

export const AWS_REFUSALS: readonly AwsRefusal[] = [
  {
    id: 'aws-region',
    family: 'refused links',
    facts: '1.5',
    what: 'the new link is one of another region',
    target: async (stage) => {
      const region = 'eu-central-1';
      const { subnet } = stage.network('10.50.0.0/16', region);
      const input = { Name: 'far', SecurityGroupIds: [], SubnetIds: [subnet] };
      const there = { service: 'apigatewayv2', operation: 'CreateVpcLink', region } as const;
      const { VpcLinkId } = stage.simulation.call(there, input) as { VpcLinkId: string };
      await stage.wait();
      return VpcLinkId;
    },
    code: 'NOT_FOUND',
    words: /VpcLink|VPC link|not found/i,
  },
];

/** All faults of a move of routes from one VPC link to another that validation can find. */
export const AWS_CATALOGUE: readonly AwsFault[] = [
  ...faults({ family: 'security groups', facts: '3', found: ['path/security-group'] }, [
    {
      id: 'aws-sg-in',
      what: "the load balancer's security group does not allow the new link's group inbound",
      plant: (stage) => secondLink(stage, [stage.parts.groups.app]),
    },
    {
      id: 'aws-sg-out',
      what: "the new link's security group allows no outbound traffic",
      plant: (stage) => {
        const { ec2, parts } = stage;
        const { GroupId } = ec2('CreateSecurityGroup', { VpcId: parts.vpc, GroupName: 'shut', Description: 'shut' });
        const [group] = ec2('DescribeSecurityGroups', { GroupIds: [GroupId] }).SecurityGroups;
        ec2('RevokeSecurityGroupEgress', { GroupId, IpPermissions: group.IpPermissionsEgress });
        stage.admit(parts.groups.balancer, {
          IpProtocol: 'tcp',
          FromPort: 443,
          ToPort: 443,
          UserIdGroupPairs: [{ GroupId }],
        });
        return secondLink(stage, [GroupId]);
      },
    },
  ]),
  ...faults({ family: 'network ACLs', facts: '3' }, [
    {
      id: 'aws-nacl-out',
      what: 'a network ACL denies outbound calls from a subnet that only the new link has',
      plant: (stage) => {
        const { spare, a } = stage.parts.subnets;
        networkAcl(stage, spare, true, 443);
        return secondLink(stage, undefined, [a, spare]);
      },
      found: ['path/network-acl'],
    },
    {
      id: 'aws-nacl-back',
      what: 'a network ACL denies inbound answers to a subnet that only the new link has',
      plant: (stage) => {
        const { spare, a } = stage.parts.subnets;
        networkAcl(stage, spare, false, 1024, 65_535);
        return secondLink(stage, undefined, [a, spare]);
      },
      found: ['path/return'],
    },
  ]),
  ...faults({ family: 'the new link', facts: '1.5' }, [
    {
      id: 'aws-network',
      what: 'the new link is in another VPC',
      plant: (stage) => secondLink(stage, [], [stage.network('10.40.0.0/16').subnet]),
      found: ['target/network'],
    },
    {
      id: 'aws-pending',
      what: 'the new link is not ready',
      plant: (stage) => {
        const { groups, subnets } = stage.parts;
        const input = { Name: 'next', SecurityGroupIds: [groups.link], SubnetIds: [subnets.a, subnets.b] };
        return stage.call('apigatewayv2', 'CreateVpcLink', input).VpcLinkId;
      },
      found: ['migrate/ready'],
    },
    {
      id: 'aws-asleep',
      what: 'the new link is INACTIVE, and the old one has calls',
      plant: async (stage) => {
        const to = await secondLink(stage);
        const asleep = { VpcLinkStatus: 'INACTIVE' };
        edit(stage.simulation, (row) => row['VpcLinkId'] === to && row['VpcLinkStatus'] !== undefined, asleep);
        return to;
      },
      found: ['link/inactive'],
    },
    {
      id: 'aws-zone',
      what: 'the new link has no subnet in a zone in which the backend answers and the old link has a subnet',
      plant: (stage) => secondLink(stage, undefined, [stage.parts.subnets.a]),
      found: ['migrate/zones'],
      severity: 'warning',
      damage: {
        kind: 'changed',
        words: 'calls come from one zone only',
        read: ({ simulation, parts }, link) => {
          const { sources } = simulation.connects(link, { targetId: parts.listener });
          return [...new Set(sources.map(({ zoneId }) => zoneId))].toSorted().join(', ');
        },
      },
    },
  ]),
  ...faults({ family: 'integrations', facts: '2.1', severity: 'warning' }, [
    {
      id: 'aws-shared',
      what: 'one route must move, and another one uses the same integration',
      plant: (stage) => {
        share(stage, integrationOf(stage));
        return secondLink(stage);
      },
      route: 'ANY /orders',
      found: ['migrate/shared-integration'],
      damage: {
        kind: 'changed',
        words: 'the other route uses the new link, too',
        read: (stage) =>
          stage.call('apigatewayv2', 'GetIntegration', {
            ApiId: stage.parts.api,
            IntegrationId: integrationOf(stage, 'GET /other'),
          }).ConnectionId,
      },
    },
    {
      id: 'aws-quota-alone',
      what: 'one route of a shared integration must move alone, and the quota of integrations is full',
      plant: async (stage) => {
        share(stage, integrationOf(stage));
        fill(stage, stage.link());
        return secondLink(stage);
      },
      route: 'ANY /orders',
      facts: '1.8',
      found: ['migrate/quota'],
      severity: 'error',
      damage: refused(integration),
    },
    {
      id: 'aws-quota-trial',
      what: 'the quota of integrations is full, so that the new link cannot be tested first',
      plant: (stage) => {
        fill(stage, stage.link());
        return secondLink(stage);
      },
      facts: '1.8',
      found: ['migrate/quota'],
      damage: refused(integration),
    },
  ]),
  ...faults({ family: 'not known', facts: '3', verdict: 'unknown' }, [
    {
      id: 'aws-denied-groups',
      what: "DescribeSecurityGroups is not allowed, and the load balancer's group does not allow the new link's group",
      plant: async (stage) => {
        const to = await secondLink(stage, [stage.parts.groups.app]);
        stage.simulation.faults.add({ operation: 'DescribeSecurityGroups', kind: 'deny' });
        return to;
      },
      found: ['path/security-group', 'path/load-balancer'],
    },
    {
      id: 'aws-denied-routes',
      what: 'GetRoutes is not allowed, and the new link is in another VPC',
      plant: async (stage) => {
        const to = await secondLink(stage, [], [stage.network('10.40.0.0/16').subnet]);
        stage.simulation.faults.add({ operation: 'GetRoutes', kind: 'deny' });
        return to;
      },
      found: ['migrate/known'],
    },
  ]),
];
