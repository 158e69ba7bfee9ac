import type { CheckWords } from '../../findings/statement.js';

/** The texts of `migrate/owner`. */
export const migrateOwnerWords = {
  title: 'Whoever owns the gateway learns of the move',
  about:
    'A tool that declares the gateway does not know of a move; that holds for a spec of Postern, too. To Terraform and Pulumi, `instance_id` of a group is a member that forces a replacement: the next apply with the old id destroys ' +
    'the group, and its domain with it, and makes another one. ROS compares templates, not what is there, and cannot change the member. Of an integration of AWS, the next apply puts the ' +
    'old link back. The evidence names the edit for each tool; make it together with the move.',
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
        ? `where Terraform or Pulumi declares ${gateway} on ${old}, their next run would destroy it and make another`
        : `where Terraform, Pulumi or CloudFormation declares the integrations of ${gateway} on ${old}, their next run would put ${old} back`,
      remedy: isGroup
        ? `Write ${next} where it says ${old}, together with the move, and let a plan show that nothing is replaced.`
        : `Write ${next} where it says ${old}, together with the move.`,
    }),
  },
} satisfies CheckWords;
