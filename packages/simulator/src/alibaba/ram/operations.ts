import { familyOf } from '../operation/family.js';
import { AlibabaError } from '../operation/service-error.js';

/** No package of RAM is among the dependencies; its members are few. */
interface GetRoleInput {
  readonly RoleName: string;
}
interface GetRoleOutput {
  readonly Role: Readonly<Record<string, string | number>>;
}

/** The simulated actions of RAM. */
export const operations = familyOf('Ram')({
  /** @see https://www.alibabacloud.com/help/en/ram/developer-reference/api-ram-2015-05-01-getrole */
  GetRole: {
    parameters: { RoleName: { type: 'string', required: true, length: [1, 64], pattern: /^[A-Za-z0-9.-]+$/ } },
    run({ alibaba }, { RoleName }: GetRoleInput): GetRoleOutput {
      const role = alibaba.roles.get(RoleName);
      if (!role) throw new AlibabaError('EntityNotExist.Role', `The role not exists: ${RoleName}.`, 404);
      const created = new Date(role.createdAt).toISOString().replace(/\.\d{3}/, '');
      return {
        Role: {
          RoleId: role.id,
          RoleName: role.name,
          Arn: role.arn,
          Description: role.description,
          MaxSessionDuration: 3600,
          AssumeRolePolicyDocument: JSON.stringify({
            Statement: [{ Action: 'sts:AssumeRole', Effect: 'Allow', Principal: { Service: [role.service] } }],
            Version: '1',
          }),
          CreateDate: created,
          UpdateDate: created,
        },
      };
    },
  },
});
