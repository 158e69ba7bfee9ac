import type { DeclaredElsewhere, ToolEdit, MoveTexts, TerraformOfLists } from '@postern/core/internal/kinds';
import { restApis } from '../rest-apis/door/checks.js';
import { undone } from './undone.js';

/**
 * Rules of security groups and entries of network ACLs.
 * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/vpc_security_group_ingress_rule
 * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/network_acl_rule
 */
const TERRAFORM: TerraformOfLists = {
  rule: ({ id, direction, port, peer }) => ({
    type: `aws_vpc_security_group_${direction === 'in' ? 'ingress' : 'egress'}_rule`,
    called: [id, direction, port, peer],
    members: [
      ['security_group_id', id],
      ['ip_protocol', 'tcp'],
      ['from_port', port],
      ['to_port', port],
      [peer.startsWith('sg-') ? 'referenced_security_group_id' : peer.includes(':') ? 'cidr_ipv6' : 'cidr_ipv4', peer],
    ],
  }),
  aclEntry: ({ acl, direction, ports: [first, last], peer, before, number }) =>
    number === undefined
      ? {
          note: `${acl} has no free number before ${before ?? 'the entry that denies all'}: renumber its entries first`,
        }
      : {
          type: 'aws_network_acl_rule',
          called: [acl, direction, first, peer],
          members: [
            ['network_acl_id', acl],
            ['rule_number', number],
            ['egress', direction === 'out'],
            ['protocol', 'tcp'],
            ['rule_action', 'allow'],
            [peer.includes(':') ? 'ipv6_cidr_block' : 'cidr_block', peer],
            ['from_port', first],
            ['to_port', last],
          ],
        },
};

/**
 * The integrations of an HTTP API.
 * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/apigatewayv2_integration
 */
const HTTP_API_DECLARED: DeclaredElsewhere = {
  undone,
  edits: ({ integrations: ids, old, next }): readonly ToolEdit[] => {
    const on =
      ids.length === 0
        ? ''
        : ` on ${ids.length === 1 ? 'the resource whose id is' : 'the resources whose ids are'} ${ids.join(', ')}`;
    return [
      {
        kind: 'Terraform',
        id: 'aws_apigatewayv2_integration',
        lines: [
          `connection_id = ${JSON.stringify(old)} → connection_id = ${JSON.stringify(next)}${on}`,
          'then terraform plan must replace nothing: at most it returns routes to that resource',
        ],
      },
      {
        kind: 'Pulumi',
        id: 'aws.apigatewayv2.Integration',
        lines: [
          `connectionId: ${JSON.stringify(old)} → connectionId: ${JSON.stringify(next)}${on}`,
          'then pulumi preview must replace nothing',
        ],
      },
      {
        kind: 'CloudFormation',
        id: 'AWS::ApiGatewayV2::Integration',
        lines: [`ConnectionId: ${old} → ConnectionId: ${next}${on}`],
      },
    ];
  },
};

/** What reports of moves say of AWS. */
export const AWS_MOVE_TEXTS: MoveTexts = {
  declared: { 'http-api': HTTP_API_DECLARED, ...restApis.declared },
  /** Changes of integrations in API Gateway. */
  remedies: {
    lead: ({ uses }, where) => `point the integration of ${uses} to ${where} (UpdateIntegration, IntegrationUri)`,
    byCheck: {
      'target/protocol': ({ uses, isTls, lead }) =>
        isTls
          ? `Remove TlsConfig from the integration of ${uses} (UpdateIntegration), or ${lead('a listener for HTTPS')}.`
          : `Set ServerNameToVerify in TlsConfig of the integration of ${uses} to the name on the listener's certificate (UpdateIntegration), or ${lead('a listener for HTTP')}.`,
      // Its other remedies do not mention a spec.
      'target/cloud-map': ({ code, lead }) =>
        code === 'SERVICE_ABSENT' ? `${lead('an existing service')}.` : undefined,
    },
  },
  terraform: TERRAFORM,
};
