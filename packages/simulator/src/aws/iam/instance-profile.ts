import type { InstanceProfile } from '@aws-sdk/client-iam';
import type { AwsCall } from '../operation/operation.js';
import {
  conflict,
  ENTITY_NAME,
  entities,
  family,
  limitExceeded,
  newEntity,
  noSuchEntity,
  PATH,
  profiles,
  ROLE_NAME,
  roles,
  TAGS,
} from './request.js';
import { roleView } from './role.js';
import type { InstanceProfileRow } from './state.js';
import { tagList, limited } from '../operation/family.js';

const PROFILE = { InstanceProfileName: ENTITY_NAME };
const named = (call: AwsCall, input: { readonly InstanceProfileName: string }) =>
  profiles.get(call, input.InstanceProfileName);

/** Instance profiles: a role for instances. */
export const instanceProfileOperations = family({
  CreateInstanceProfile: {
    limits: { ...PROFILE, Path: PATH, ...TAGS },
    run(call, { InstanceProfileName: name, Path, Tags }) {
      profiles.refuseSecond(call, name);
      const entity = newEntity(call, 'AIPA', 'instance-profile', name, Path, Tags);
      return { InstanceProfile: view(call, profiles.add(call, name, { ...entity, role: undefined })) };
    },
  },

  GetInstanceProfile: { limits: PROFILE, run: (call, input) => ({ InstanceProfile: view(call, named(call, input)) }) },

  ListInstanceProfiles(call, input, list) {
    const { items, ...rest } = entities(profiles.all(call), input, list);
    return { InstanceProfiles: items.map((row) => view(call, row)), ...rest };
  },

  ListInstanceProfilesForRole: limited({ RoleName: ROLE_NAME }, (call, input, list) => {
    const { name } = roles.get(call, input.RoleName);
    const { items, ...rest } = entities(
      profiles.all(call).filter(({ role }) => role === name),
      input,
      list,
    );
    return { InstanceProfiles: items.map((row) => view(call, row)), ...rest };
  }),

  AddRoleToInstanceProfile: limited({ ...PROFILE, RoleName: ROLE_NAME }, (call, input) => {
    const row = named(call, input);
    const { name } = roles.get(call, input.RoleName);
    if (row.role !== undefined) throw limitExceeded('InstanceSessionsPerInstanceProfile', 1);

    row.role = name;
    return {};
  }),

  RemoveRoleFromInstanceProfile: limited({ ...PROFILE, RoleName: ROLE_NAME }, (call, input) => {
    const row = named(call, input);
    if (row.role !== roles.get(call, input.RoleName).name) {
      throw noSuchEntity(`The role with name ${input.RoleName} cannot be found.`); // [U] words
    }

    row.role = undefined;
    return {};
  }),

  DeleteInstanceProfile: limited(PROFILE, (call, input) => {
    profiles.remove(call, input.InstanceProfileName, ({ role }) => {
      if (role !== undefined) throw conflict('Cannot delete entity, must remove roles from instance profile first.');
    });
    return {};
  }),
});

function view(call: AwsCall, row: InstanceProfileRow): InstanceProfile {
  const role = row.role === undefined ? undefined : roles.find(call, row.role);
  return {
    Path: row.path,
    InstanceProfileName: row.name,
    InstanceProfileId: row.id,
    Arn: row.arn,
    CreateDate: new Date(row.createdAt),
    Roles: role ? [roleView(role)] : [],
    Tags: tagList(row.tags),
  };
}
