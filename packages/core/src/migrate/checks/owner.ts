import { movesAsOne } from '../../kinds/gateway/gateway-kinds.js';
import { aboutGateway } from '../about-gateway.js';
import type { Evidence } from '../../findings/finding.js';
import type { MigrationCheck } from '../migration-input.js';
import { movedIntegrations, type MovedIntegration } from '../moved-integrations.js';

/** `migrate/owner`. */
export const migrateOwner: MigrationCheck = {
  id: 'migrate/owner',
  title: 'Whoever owns the gateway learns of the move',
  severity: 'note',
  about:
    'A tool that declares the gateway does not know of a move; that holds for a spec of Postern, too. To Terraform and Pulumi, `instance_id` of a group is a member that forces a replacement: the next apply with the old id destroys ' +
    'the group, and its domain with it, and makes another one. ROS compares templates, not what is there, and cannot change the member. Of an integration of AWS, the next apply puts the ' +
    'old link back. The evidence names the edit for each tool; make it together with the move.',
  sources: [
    'https://registry.terraform.io/providers/aliyun/alicloud/latest/docs/resources/api_gateway_group',
    'https://www.alibabacloud.com/help/doc-detail/61467.htm',
    'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/apigatewayv2_integration',
  ],
  *run(input) {
    const { gateway, from, to } = input;
    const next = to.link?.id ?? '';
    const old = from?.link?.id ?? gateway.linkId ?? 'the present one';
    const isGroup = movesAsOne(gateway);
    yield {
      verdict: 'fail',
      ...aboutGateway(gateway),
      message: isGroup
        ? `where Terraform or Pulumi declares ${gateway.id} on ${old}, their next run would destroy it and make another`
        : `where Terraform, Pulumi or CloudFormation declares the integrations of ${gateway.id} on ${old}, their next run would put ${old} back`,
      evidence: [
        inSpec(old, next),
        ...(isGroup ? ofGroup(gateway.id, old, next) : ofIntegration(movedIntegrations(input), old, next)),
      ],
      remedy: isGroup
        ? `Write ${next} where it says ${old}, together with the move, and let a plan show that nothing is replaced.`
        : `Write ${next} where it says ${old}, together with the move.`,
    };
  },
};

/** A spec of Postern names the link by its ID, or declares one that another link of the spec replaces. */
function inSpec(old: string, next: string): Evidence {
  return {
    kind: 'Postern',
    id: 'postern.yaml',
    text: `id: ${old} → id: ${next} on the link of the integration; then postern plan must say "No changes"`,
  };
}

function ofGroup(id: string, old: string, next: string): readonly Evidence[] {
  return [
    {
      kind: 'Terraform',
      id: 'alicloud_api_gateway_group',
      text: `instance_id = ${JSON.stringify(old)} → instance_id = ${JSON.stringify(next)} on the resource whose id is ${id}; keep lifecycle { prevent_destroy = true } on it; then terraform plan must say "No changes"`,
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
      text: `connection_id = ${JSON.stringify(old)} → connection_id = ${JSON.stringify(next)}${on}; then terraform plan must say "No changes"`,
    },
    {
      kind: 'Pulumi',
      id: 'aws.apigatewayv2.Integration',
      text: `connectionId: ${JSON.stringify(old)} → connectionId: ${JSON.stringify(next)}${on}; then pulumi refresh`,
    },
    {
      kind: 'CloudFormation',
      id: 'AWS::ApiGatewayV2::Integration',
      text: `ConnectionId: ${old} → ConnectionId: ${next}${on}`,
    },
  ];
}
