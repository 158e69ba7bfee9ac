import { aboutGateway } from '../about-gateway.js';
import type { Evidence } from '../../../do/findings/finding.js';
import type { MigrationInput } from '../migration-input.js';
import { movedIntegrations, type MovedIntegration } from '../moved-integrations.js';
import { migrationCheck } from '../migration-check.js';

/** `migrate/owner`. */
export const migrateOwner = migrationCheck({
  id: 'migrate/owner',
  severity: 'note',
  title: 'Tools that declare the gateway are updated together with the move',
  about:
    'A tool that declares the gateway does not detect a move. The same holds for a spec of Postern. For Terraform and Pulumi, `instance_id` of a group is a property that forces a replacement. ' +
    'Their next apply with the old ID destroys the group and its domain, and creates another group. ROS compares templates, not the current state, and cannot change the property. ' +
    'For an integration of AWS, the next apply sets the old link again. The evidence names the edit for each tool. Make the edit together with the move.',
  codes: ['DECLARED_ELSEWHERE'],
  *run(input, say) {
    const { gateway, from, to } = input;
    const next = to.link?.id ?? '';
    const old = from?.link?.id ?? gateway.linkId ?? 'the current instance';
    const isGroup = input.region.clouds.movesAsOne(gateway);
    const { provider } = input.region.clouds.gateway(gateway.kind);
    yield say.fail(aboutGateway(gateway), 'DECLARED_ELSEWHERE', { isGroup, gateway: gateway.id, old, next }, (p) => ({
      message: p.isGroup
        ? `if Terraform or Pulumi declares ${p.gateway} on ${p.old}, the next run destroys the group and creates another one`
        : `if Terraform, Pulumi or CloudFormation declares the integrations of ${p.gateway} on ${p.old}, the next run sets ${p.old} again`,
      remedy: p.isGroup
        ? `Replace ${p.old} with ${p.next} in the declaration, together with the move. Check that a plan replaces nothing.`
        : `Replace ${p.old} with ${p.next} in the declaration, together with the move.`,
      evidence: [inSpec(old, next), ...(OF_TOOLS.get(provider)?.(input, old, next) ?? [])],
    }));
  },
});

/** The edits of other tools, by provider. What the resources of other clouds are called is not known. */
const OF_TOOLS: ReadonlyMap<string, (input: MigrationInput, old: string, next: string) => readonly Evidence[]> =
  new Map([
    ['alibaba', ({ gateway }: MigrationInput, old: string, next: string) => ofGroup(gateway.id, old, next)],
    [
      'aws',
      (input: MigrationInput, old: string, next: string) =>
        input.region.clouds.gateway(input.gateway.kind).stageIsNamed === true
          ? ofMethods(input, old, next)
          : ofIntegration(movedIntegrations(input), old, next),
    ],
  ]);

/** A spec of Postern names the link by its ID, or declares one that another link of the spec replaces. */
function inSpec(old: string, next: string): Evidence {
  return {
    kind: 'Postern',
    id: 'postern.yaml',
    text: `id: ${old} → id: ${next} on the link of the integration (postern migrate finish --write); then postern plan must report "No changes"`,
  };
}

function ofGroup(id: string, old: string, next: string): readonly Evidence[] {
  return [
    {
      kind: 'Terraform',
      id: 'alicloud_api_gateway_group',
      text: `instance_id = ${JSON.stringify(old)} → instance_id = ${JSON.stringify(next)} on the resource whose id is ${id}; keep lifecycle { prevent_destroy = true } on it; then terraform plan must report "No changes"`,
    },
    {
      kind: 'Pulumi',
      id: 'alicloud.apigateway.Group',
      text: `instanceId: ${JSON.stringify(old)} → instanceId: ${JSON.stringify(next)} with { protect: true }; then pulumi refresh, and pulumi preview must show no replacement`,
    },
    {
      kind: 'ROS',
      id: 'ALIYUN::ApiGateway::Group',
      text: `leave "InstanceId": ${JSON.stringify(old)} as it is (it cannot be updated) and add "DeletionPolicy": "Retain"`,
    },
  ];
}

function ofIntegration(moved: readonly MovedIntegration[], old: string, next: string): readonly Evidence[] {
  const ids = moved.map(({ id }) => id);
  const on =
    ids.length === 0
      ? ''
      : ` on ${ids.length === 1 ? 'the resource whose id is' : 'the resources whose ids are'} ${ids.join(', ')}`;
  return [
    {
      kind: 'Terraform',
      id: 'aws_apigatewayv2_integration',
      text: `connection_id = ${JSON.stringify(old)} → connection_id = ${JSON.stringify(next)}${on}; then terraform plan must replace nothing: at most it returns routes to that resource`,
    },
    {
      kind: 'Pulumi',
      id: 'aws.apigatewayv2.Integration',
      text: `connectionId: ${JSON.stringify(old)} → connectionId: ${JSON.stringify(next)}${on}; then pulumi preview must replace nothing`,
    },
    {
      kind: 'CloudFormation',
      id: 'AWS::ApiGatewayV2::Integration',
      text: `ConnectionId: ${old} → ConnectionId: ${next}${on}`,
    },
  ];
}

/** The methods of a stage: link, load balancer and URI are members of each integration. */
function ofMethods({ future }: MigrationInput, old: string, next: string): readonly Evidence[] {
  const balancers = new Set(future.targets.flatMap(({ target }) => target?.resourceId ?? []));
  const [balancer = 'the ARN of the new load balancer'] = balancers;
  const on = `on each method that uses ${old}, with the new load balancer's name in the URI`;
  return [
    {
      kind: 'Terraform',
      id: 'aws_api_gateway_integration',
      text: `connection_id = ${JSON.stringify(old)} → connection_id = ${JSON.stringify(next)} and integration_target = ${JSON.stringify(balancer)} ${on}; then terraform plan must replace no method`,
    },
    {
      kind: 'Pulumi',
      id: 'aws.apigateway.Integration',
      text: `connectionId: ${JSON.stringify(old)} → connectionId: ${JSON.stringify(next)} and integrationTarget: ${JSON.stringify(balancer)} ${on}; then pulumi preview must replace no method`,
    },
    {
      kind: 'CloudFormation',
      id: 'AWS::ApiGateway::Method',
      text: `Integration.ConnectionId: ${old} → ${next} and Integration.IntegrationTarget: ${balancer} ${on}`,
    },
  ];
}
