import type { DeclaredElsewhere } from '@postern/core/internal/kinds';

/**
 * An API group. Its instance is a property that forces a replacement in Terraform and Pulumi, and that ROS cannot change.
 * @see https://registry.terraform.io/providers/aliyun/alicloud/latest/docs/resources/api_gateway_group
 * @see https://www.alibabacloud.com/help/doc-detail/61467.htm
 */
export const GROUP_DECLARED: DeclaredElsewhere = {
  undone: ({ gateway, old }) =>
    `if Terraform or Pulumi declares ${gateway} on ${old}, the next run destroys the group and creates another one`,
  check: 'Check that a plan replaces nothing.',
  edits: ({ gateway, old, next }) => [
    {
      kind: 'Terraform',
      id: 'alicloud_api_gateway_group',
      lines: [
        `instance_id = ${JSON.stringify(old)} → instance_id = ${JSON.stringify(next)} on the resource whose id is ${gateway}`,
        'keep lifecycle { prevent_destroy = true } on it',
        'then terraform plan must report "No changes"',
      ],
    },
    {
      kind: 'Pulumi',
      id: 'alicloud.apigateway.Group',
      lines: [
        `instanceId: ${JSON.stringify(old)} → instanceId: ${JSON.stringify(next)} with { protect: true }`,
        'then pulumi refresh, and pulumi preview must show no replacement',
      ],
    },
    {
      kind: 'ROS',
      id: 'ALIYUN::ApiGateway::Group',
      lines: [
        `leave "InstanceId": ${JSON.stringify(old)} as it is (it cannot be updated) and add "DeletionPolicy": "Retain"`,
      ],
    },
  ],
};
