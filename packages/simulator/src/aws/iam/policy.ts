import type { Policy, PolicyVersion } from '@aws-sdk/client-iam';
import { type AwsCall, ServiceError } from '../operation/operation.js';
import { tagList } from '../operation/family.js';
import {
  checkDocument,
  conflict,
  encoded,
  ENTITY_NAME,
  entities,
  family,
  newEntity,
  noSuchEntity,
  paged,
  PATH,
  policies,
  roles,
  TAGS,
} from './request.js';
import type { PolicyRow, PolicyVersionRow } from './state.js';

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const LONGEST = 6144;
const MOST_VERSIONS = 5;

/** Whether a policy is one of AWS's: any ARN of their form is taken for one [I]. */
export const isManagedByAws = (arn: string) => /^arn:aws[\w-]*:iam::aws:policy\/./.test(arn);

const ownPolicy = (call: AwsCall, input: { readonly PolicyArn: string }) => policies.get(call, input.PolicyArn);

/** Managed policies and their versions. */
export const policyOperations = family({
  CreatePolicy: {
    limits: { PolicyName: ENTITY_NAME, Path: PATH, Description: { length: [0, 1000] }, ...TAGS },
    run(call, input) {
      checkDocument(input.PolicyDocument, LONGEST, 'PolicySize');
      const arn = `arn:${call.partition}:iam::${call.account}:policy${input.Path ?? '/'}${input.PolicyName}`;
      policies.refuseSecond(call, arn);
      const row = policies.add(call, arn, {
        ...newEntity(call, 'ANPA', 'policy', input.PolicyName, input.Path, input.Tags),
        description: input.Description,
        versions: [{ id: 'v1', document: input.PolicyDocument, createdAt: call.now }],
        defaultVersionId: 'v1',
        newest: 1,
        updatedAt: call.now,
      });
      return { Policy: policyView(call, row) };
    },
  },

  GetPolicy(call, { PolicyArn: arn }) {
    if (!isManagedByAws(arn)) return { Policy: policyView(call, policies.get(call, arn)) };

    const PolicyName = arn.split('/').at(-1);
    const Path = arn.slice(arn.indexOf('/'), arn.lastIndexOf('/') + 1);
    return { Policy: { PolicyName, Arn: arn, Path, DefaultVersionId: 'v1', IsAttachable: true } };
  },

  ListPolicies(call, input, list) {
    const isAttached = ({ arn }: PolicyRow) => roles.all(call).some(({ attached }) => attached.includes(arn));
    const rows = input.Scope === 'AWS' ? [] : policies.all(call); // those of AWS are not listed
    const { items, ...rest } = entities(input.OnlyAttached === true ? rows.filter(isAttached) : rows, input, list);
    return { Policies: items.map((row) => policyView(call, row)), ...rest };
  },

  DeletePolicy(call, input) {
    policies.remove(call, input.PolicyArn, ({ arn, versions }) => {
      if (attachments(call, arn) > 0) throw conflict('Cannot delete a policy attached to entities.');
      if (versions.length === 1) return;

      throw conflict(
        "This policy has more than one version. Before you delete a policy, you must delete the policy's versions. The default version is deleted with the policy.",
      );
    });
    return {};
  },

  CreatePolicyVersion(call, input) {
    const row = ownPolicy(call, input);
    if (row.versions.length >= MOST_VERSIONS) {
      const message = `A managed policy can have up to ${MOST_VERSIONS} versions. Before you create a new version, you must delete an existing version.`;
      throw new ServiceError('LimitExceeded', message, 409);
    }

    const document = checkDocument(input.PolicyDocument, LONGEST, 'PolicySize');
    row.newest += 1;
    const version = { id: `v${row.newest}`, document, createdAt: call.now };
    row.versions.push(version);
    if (input.SetAsDefault === true) row.defaultVersionId = version.id;
    row.updatedAt = call.now;
    return { PolicyVersion: { ...versionView(row, version), Document: undefined } };
  },

  GetPolicyVersion(call, input) {
    if (isManagedByAws(input.PolicyArn)) {
      throw new ServiceError('NotImplemented', 'The documents of policies that AWS manages are not simulated.', 501);
    }

    const row = ownPolicy(call, input);
    return { PolicyVersion: versionView(row, versionOf(row, input.VersionId)) };
  },

  ListPolicyVersions(call, input, list) {
    const row = ownPolicy(call, input);
    const { items, ...rest } = paged(row.versions.toReversed(), input, list, ({ id }) => id);
    return { Versions: items.map((version) => ({ ...versionView(row, version), Document: undefined })), ...rest };
  },

  DeletePolicyVersion(call, input) {
    const row = ownPolicy(call, input);
    const { id } = versionOf(row, input.VersionId);
    if (id === row.defaultVersionId) throw conflict('Cannot delete the default version of a policy.');

    row.versions = row.versions.filter((version) => version.id !== id);
    return {};
  },
});

const attachments = (call: AwsCall, arn: string) =>
  roles.all(call).filter(({ attached }) => attached.includes(arn)).length;

function versionOf(row: PolicyRow, id: string): PolicyVersionRow {
  const version = row.versions.find((one) => one.id === id);
  if (!version) throw noSuchEntity(`Policy ${row.arn} version ${id} does not exist or is not attachable.`);

  return version;
}

const versionView = (row: PolicyRow, { id, document, createdAt }: PolicyVersionRow): PolicyVersion => ({
  VersionId: id,
  IsDefaultVersion: id === row.defaultVersionId,
  CreateDate: new Date(createdAt),
  Document: encoded(document),
});

const policyView = (call: AwsCall, row: PolicyRow): Policy => ({
  PolicyName: row.name,
  PolicyId: row.id,
  Arn: row.arn,
  Path: row.path,
  DefaultVersionId: row.defaultVersionId,
  AttachmentCount: attachments(call, row.arn),
  PermissionsBoundaryUsageCount: 0,
  IsAttachable: true,
  Description: row.description,
  CreateDate: new Date(row.createdAt),
  UpdateDate: new Date(row.updatedAt),
  Tags: tagList(row.tags),
});
