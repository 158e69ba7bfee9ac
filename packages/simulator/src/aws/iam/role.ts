import { raise } from '../../simulation/raise.js';
import type { Role } from '@aws-sdk/client-iam';
import { type AwsCall, ServiceError } from '../operation/operation.js';
import {
  checkDocument,
  conflict,
  encoded,
  ENTITY_NAME,
  entities,
  family,
  limitExceeded,
  newEntity,
  noSuchEntity,
  paged,
  PATH,
  policies,
  profiles,
  ROLE_NAME,
  roles,
  tag,
  TAGS,
  untag,
} from './request.js';
import { isManagedByAws } from './policy.js';
import type { RoleRow } from './state.js';
import { ownValue } from '../../simulation/own-value.js';
import { tagList, limited } from '../operation/family.js';

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const MOST_ATTACHED = 10;
const LONGEST_TRUST = 2048;
const LONGEST_INLINE = 10_240;

const ROLE = { RoleName: ROLE_NAME };
const INLINE = { ...ROLE, PolicyName: ENTITY_NAME };
const named = (call: AwsCall, input: { readonly RoleName: string }) => roles.get(call, input.RoleName);

/** Roles, their inline policies, and the managed policies that are attached to them. */
export const roleOperations = family({
  CreateRole: limited(
    { ...ROLE, Path: PATH, Description: { length: [0, 1000] }, MaxSessionDuration: { range: [3600, 43_200] }, ...TAGS },
    (call, input) => {
      checkDocument(input.AssumeRolePolicyDocument, LONGEST_TRUST, 'ACLSizePerRole');
      roles.refuseSecond(call, input.RoleName);
      const row = roles.add(call, input.RoleName, {
        ...newEntity(call, 'AROA', 'role', input.RoleName, input.Path, input.Tags),
        trust: input.AssumeRolePolicyDocument,
        description: input.Description,
        maxSessionDuration: input.MaxSessionDuration ?? 3600,
        permissionsBoundary: input.PermissionsBoundary,
        inline: {},
        attached: [],
      });
      return { Role: roleView(row) };
    },
  ),

  /** The role that a service has for itself: `ecs.amazonaws.com` is AWSServiceRoleForECS [I]; others may have another name. */
  CreateServiceLinkedRole(call, input) {
    const [service = ''] = input.AWSServiceName.split('.');
    const suffix = input.CustomSuffix === undefined ? '' : `_${input.CustomSuffix}`;
    const name = `AWSServiceRoleFor${ownValue(SERVICE_LINKED, service) ?? service.charAt(0).toUpperCase() + service.slice(1)}${suffix}`;
    if (roles.find(call, name)) {
      const message = `Service role name ${name} has been taken in this account, please try a different suffix.`;
      throw new ServiceError('InvalidInput', message);
    }

    const Principal = { Service: input.AWSServiceName };
    const row = roles.add(call, name, {
      ...newEntity(call, 'AROA', 'role', name, `/aws-service-role/${input.AWSServiceName}/`),
      trust: JSON.stringify({
        Version: '2012-10-17',
        Statement: [{ Action: ['sts:AssumeRole'], Effect: 'Allow', Principal }],
      }),
      description: input.Description,
      maxSessionDuration: 3600,
      permissionsBoundary: undefined,
      inline: {},
      attached: [],
    });
    return { Role: roleView(row) };
  },

  DeleteServiceLinkedRole(call, input) {
    const { path, name } = roles.remove(call, input.RoleName);
    return { DeletionTaskId: `task${path}${name}/${call.id('', 32)}` };
  },

  GetServiceLinkedRoleDeletionStatus: () => ({ Status: 'SUCCEEDED' }),

  GetRole: { limits: ROLE, run: (call, input) => ({ Role: roleView(named(call, input)) }) },

  ListRoles: limited({ PathPrefix: { length: [1, 512] } }, (call, input, list) => {
    const { items, ...rest } = entities(roles.all(call), input, list);
    return { Roles: items.map(roleView), ...rest };
  }),

  UpdateRole: {
    limits: { ...ROLE, Description: { length: [0, 1000] }, MaxSessionDuration: { range: [3600, 43_200] } },
    run(call, input) {
      const row = named(call, input);
      row.description = input.Description ?? row.description;
      row.maxSessionDuration = input.MaxSessionDuration ?? row.maxSessionDuration;
      return {};
    },
  },

  UpdateRoleDescription: limited({ ...ROLE, Description: { length: [0, 1000] } }, (call, input) => {
    const row = named(call, input);
    row.description = input.Description;
    return { Role: roleView(row) };
  }),

  UpdateAssumeRolePolicy: limited(ROLE, (call, input) => {
    named(call, input).trust = checkDocument(input.PolicyDocument, LONGEST_TRUST, 'ACLSizePerRole');
    return {};
  }),

  DeleteRole: limited(ROLE, (call, input) => {
    roles.remove(call, input.RoleName, ({ name, attached, inline }) => {
      if (profiles.all(call).some(({ role }) => role === name)) {
        throw conflict('Cannot delete entity, must remove roles from instance profile first.');
      }
      if (attached.length > 0) throw conflict('Cannot delete entity, must detach all policies first.');
      if (Object.keys(inline).length > 0) throw conflict('Cannot delete entity, must delete policies first.');
    });
    return {};
  }),

  PutRolePolicy: limited(INLINE, (call, input) => {
    const row = named(call, input);
    const inline = { ...row.inline, [input.PolicyName]: checkDocument(input.PolicyDocument) };
    const size = Object.values(inline).join('').replaceAll(/\s/g, '').length;
    if (size > LONGEST_INLINE) {
      const message = `Maximum policy size of ${LONGEST_INLINE} bytes exceeded for role ${row.name}`;
      throw new ServiceError('LimitExceeded', message, 409);
    }

    row.inline = inline;
    return {};
  }),

  GetRolePolicy: limited(INLINE, (call, input) => {
    const row = named(call, input);
    const document = inlineOf(row, input.PolicyName);
    return { RoleName: row.name, PolicyName: input.PolicyName, PolicyDocument: encoded(document) };
  }),

  DeleteRolePolicy: limited(INLINE, (call, input) => {
    const row = named(call, input);
    inlineOf(row, input.PolicyName);
    const { [input.PolicyName]: _, ...inline } = row.inline;
    row.inline = inline;
    return {};
  }),

  ListRolePolicies: limited(ROLE, (call, input, list) => {
    const names = Object.keys(named(call, input).inline).toSorted();
    const { items, ...rest } = paged(names, input, list, (name) => name);
    return { PolicyNames: items, ...rest };
  }),

  /** Attaches a policy; a second time, nothing changes. Policies of AWS exist without being created. */
  AttachRolePolicy: limited(ROLE, (call, input) => {
    const row = named(call, input);
    const { PolicyArn: arn } = input;
    if (!isManagedByAws(arn) && !policies.find(call, arn)) {
      throw noSuchEntity(`Policy ${arn} does not exist or is not attachable.`);
    }
    if (row.attached.includes(arn)) return {};
    if (row.attached.length >= MOST_ATTACHED) throw limitExceeded('PoliciesPerRole', MOST_ATTACHED);

    row.attached.push(arn);
    return {};
  }),

  DetachRolePolicy: limited(ROLE, (call, input) => {
    const row = named(call, input);
    if (!row.attached.includes(input.PolicyArn)) throw noSuchEntity(`Policy ${input.PolicyArn} was not found.`);

    row.attached = row.attached.filter((arn) => arn !== input.PolicyArn);
    return {};
  }),

  ListAttachedRolePolicies: limited(ROLE, (call, input, list) => {
    const { items, ...rest } = paged(named(call, input).attached, input, list, (arn) => arn);
    return { AttachedPolicies: items.map((arn) => ({ PolicyArn: arn, PolicyName: arn.split('/').at(-1) })), ...rest };
  }),

  TagRole: { limits: { ...ROLE, ...TAGS }, run: tag(named) },
  UntagRole: { limits: ROLE, run: untag(named) },
});

/** Names that are not those of their service's endpoint [I]. */
const SERVICE_LINKED: Readonly<Record<string, string>> = {
  autoscaling: 'AutoScaling',
  ecs: 'ECS',
  elasticloadbalancing: 'ElasticLoadBalancing',
  ops: 'APIGateway',
};

function inlineOf(row: RoleRow, name: string): string {
  return ownValue(row.inline, name) ?? raise(noSuchEntity(`The role policy with name ${name} cannot be found.`));
}

/** A role as IAM shows it. */
export function roleView(row: RoleRow): Role {
  return {
    Path: row.path,
    RoleName: row.name,
    RoleId: row.id,
    Arn: row.arn,
    CreateDate: new Date(row.createdAt),
    AssumeRolePolicyDocument: encoded(row.trust),
    Description: row.description,
    MaxSessionDuration: row.maxSessionDuration,
    PermissionsBoundary:
      row.permissionsBoundary === undefined
        ? undefined
        : { PermissionsBoundaryType: 'Policy', PermissionsBoundaryArn: row.permissionsBoundary },
    Tags: Object.keys(row.tags).length > 0 ? tagList(row.tags) : undefined,
    RoleLastUsed: {},
  } as Role;
}
