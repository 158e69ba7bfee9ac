import type { DeclaredElsewhere, ToolEdit } from '@postern/core/internal/kinds';
import { undone } from '../../cloud/undone.js';

/** The methods of a REST API: link, load balancer and URI are members of each integration. */
export const REST_API_DECLARED: DeclaredElsewhere = {
  undone,
  edits: ({ resources: [balancer = 'the ARN of the new load balancer'], old, next }): readonly ToolEdit[] => {
    const on = `on each method that uses ${old}, with the new load balancer's name in the URI`;
    return [
      {
        kind: 'Terraform',
        id: 'aws_api_gateway_integration',
        lines: [
          `connection_id = ${JSON.stringify(old)} → connection_id = ${JSON.stringify(next)} and integration_target = ${JSON.stringify(balancer)} ${on}`,
          'then terraform plan must replace no method',
        ],
      },
      {
        kind: 'Pulumi',
        id: 'aws.apigateway.Integration',
        lines: [
          `connectionId: ${JSON.stringify(old)} → connectionId: ${JSON.stringify(next)} and integrationTarget: ${JSON.stringify(balancer)} ${on}`,
          'then pulumi preview must replace no method',
        ],
      },
      {
        kind: 'CloudFormation',
        id: 'AWS::ApiGateway::Method',
        lines: [`Integration.ConnectionId: ${old} → ${next} and Integration.IntegrationTarget: ${balancer} ${on}`],
      },
    ];
  },
};
