import { type AlibabaCall, AlibabaError } from '../operation/operation.js';
import { ownFamilyOf } from '../operation/family.js';
import type { RoleRow } from '../state/alibaba-state.js';

/** What lets API Gateway put network interfaces into a VPC of the user's. */
export const CONNECT_ROLE = 'AliyunServiceRoleForApiGatewayConnectUserVpc';

/** The service that assumes it. */
const CONNECT_SERVICE = 'connectuservpc.apigateway.aliyuncs.com';

/**
 * Creates the service-linked role of VPC integration instances, unless it exists. The purchase of the first such instance does.
 * @see https://help.aliyun.com/document_detail/601867.html
 */
export function ensureConnectRole({ alibaba, account, now, id }: AlibabaCall): void {
  if (alibaba.roles.has(CONNECT_ROLE)) return;

  alibaba.roles.set(CONNECT_ROLE, {
    id: id('3', 17, 'decimal'),
    name: CONNECT_ROLE,
    arn: `acs:ram::${account}:role/${CONNECT_ROLE.toLowerCase()}`,
    description: 'Lets API Gateway access resources in your VPC for VPC integration instances.',
    service: CONNECT_SERVICE,
    createdAt: now,
  });
}
interface GetRoleOutput {
  readonly Role: Readonly<Record<string, string | number>>;
}

/** The simulated actions of RAM. */
export const operations = ownFamilyOf('Ram')({
  /** @see https://www.alibabacloud.com/help/en/ram/developer-reference/api-ram-2015-05-01-getrole */
  GetRole: {
    parameters: { RoleName: { type: 'string', required: true, length: [1, 64], pattern: /^[A-Za-z0-9.-]+$/ } },
    run({ alibaba }, { RoleName }) {
      const role = alibaba.roles.get(RoleName);
      if (!role) throw new AlibabaError('EntityNotExist.Role', `The role not exists: ${RoleName}.`, 404);

      return { Role: roleView(role) };
    },
  },

  /**
   * Creates the role that lets a service act in the account: here that of VPC integration instances.
   * @see https://www.alibabacloud.com/help/en/resource-management/resource-directory/developer-reference/api-resourcemanager-2020-03-31-createservicelinkedrole
   */
  CreateServiceLinkedRole: {
    parameters: { ServiceName: { type: 'string', required: true, length: [1, 128] } },
    run(call, { ServiceName }) {
      const { roles } = call.alibaba;
      if (ServiceName !== CONNECT_SERVICE) {
        throw new AlibabaError(
          'NotImplemented',
          `Postern does not simulate the service-linked role of ${ServiceName}.`,
          501,
        );
      }
      if (roles.has(CONNECT_ROLE)) {
        throw new AlibabaError('EntityAlreadyExists.Role', `The role already exists: ${CONNECT_ROLE}.`, 409);
      }

      ensureConnectRole(call);
      const role = roles.get(CONNECT_ROLE);
      return { Role: role ? roleView(role) : {} };
    },
  },
});

function roleView(role: RoleRow): GetRoleOutput['Role'] {
  const created = new Date(role.createdAt).toISOString().replace(/\.\d{3}/, '');
  return {
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
  };
}
