import type { DeclaredElsewhere, DeclaredMove, ToolEdit } from '@postern/core/kinds';

/** What the next run does where a tool declares integrations on the old link. */
const undone = ({ gateway, old }: Pick<DeclaredMove, 'gateway' | 'old'>): string =>
  `if Terraform, Pulumi or CloudFormation declares the integrations of ${gateway} on ${old}, the next run sets ${old} again`;

/**
 * The integrations of an HTTP API.
 * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/apigatewayv2_integration
 */
export const HTTP_API_DECLARED: DeclaredElsewhere = {
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
  },
};

/** The methods of a REST API: link, load balancer and URI are members of each integration. */
export const REST_API_DECLARED: DeclaredElsewhere = {
  undone,
  edits: ({ resources: [balancer = 'the ARN of the new load balancer'], old, next }): readonly ToolEdit[] => {
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
  },
};
