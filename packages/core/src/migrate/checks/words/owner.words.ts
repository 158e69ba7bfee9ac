import type { CheckWords } from '../../../findings/statement.js';

/** The texts of `migrate/owner`. */
export const migrateOwnerWords = {
  title: 'Tools that declare the gateway are updated together with the move',
  about:
    'A tool that declares the gateway does not detect a move. The same holds for a spec of Postern. For Terraform and Pulumi, `instance_id` of a group is a property that forces a replacement. ' +
    'Their next apply with the old ID destroys the group and its domain, and creates another group. ROS compares templates, not the current state, and cannot change the property. ' +
    'For an integration of AWS, the next apply sets the old link again. The evidence names the edit for each tool. Make the edit together with the move.',
  sources: [
    'https://registry.terraform.io/providers/aliyun/alicloud/latest/docs/resources/api_gateway_group',
    'https://www.alibabacloud.com/help/doc-detail/61467.htm',
    'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/apigatewayv2_integration',
  ],
  says: {
    DECLARED_ELSEWHERE: ({
      isGroup,
      gateway,
      old,
      next,
    }: {
      readonly isGroup: boolean;
      readonly gateway: string;
      readonly old: string;
      readonly next: string;
    }) => ({
      message: isGroup
        ? `if Terraform or Pulumi declares ${gateway} on ${old}, the next run destroys the group and creates another one`
        : `if Terraform, Pulumi or CloudFormation declares the integrations of ${gateway} on ${old}, the next run sets ${old} again`,
      remedy: isGroup
        ? `Replace ${old} with ${next} in the declaration, together with the move. Check that a plan replaces nothing.`
        : `Replace ${old} with ${next} in the declaration, together with the move.`,
    }),
  },
} satisfies CheckWords;
