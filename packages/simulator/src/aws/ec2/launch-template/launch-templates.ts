import type { LaunchTemplate, LaunchTemplateVersion, RunInstancesRequest } from '@aws-sdk/client-ec2';
import { type AwsCall, ServiceError } from '../../operation/operation.js';
import { need } from '../request/text-rules.js';
import { getRow, ID } from '../request/ids.js';
import { tagList } from '../request/family.js';
import type { LaunchTemplateRow, LaunchTemplateVersionRow } from './state.js';

interface Named {
  readonly LaunchTemplateId?: string | undefined;
  readonly LaunchTemplateName?: string | undefined;
}

/** A template by ID or name. @throws {ServiceError} `InvalidLaunchTemplateId.NotFound`, `InvalidLaunchTemplateName.NotFoundException` */
export function getTemplate({ state: { ec2 } }: AwsCall, given: Named): LaunchTemplateRow {
  if (given.LaunchTemplateId !== undefined) return getRow(ec2, ID.launchTemplate, given.LaunchTemplateId);

  const name = need(given.LaunchTemplateName, 'launchTemplateId or launchTemplateName');
  const row = [...ec2.launchTemplates.values()].find((template) => template.name === name);
  if (row) return row;

  const message = 'At least one of the launch templates specified in the request does not exist.';
  throw new ServiceError('InvalidLaunchTemplateName.NotFoundException', message);
}

/** A version: a number, `$Latest` or `$Default`. @throws {ServiceError} `InvalidLaunchTemplateId.VersionNotFound` */
export function getVersion(row: LaunchTemplateRow, version = '$Default'): LaunchTemplateVersionRow {
  const named = { $Default: row.defaultVersion, $Latest: row.versions.at(-1)?.number }[version];
  const number = named ?? Number(version);
  const found = row.versions.find((one) => one.number === number);
  if (found) return found;

  throw new ServiceError(
    'InvalidLaunchTemplateId.VersionNotFound',
    `Could not find the specified version ${version} for the launch template with ID ${row.id}.`,
  );
}

/** A launch by a template: members of the request come before those of the template. */
export function withTemplate(call: AwsCall, input: RunInstancesRequest): RunInstancesRequest {
  const { LaunchTemplate, ...request } = input;
  if (LaunchTemplate === undefined) return input;

  const { data } = getVersion(getTemplate(call, LaunchTemplate), LaunchTemplate.Version);
  const given = Object.fromEntries(Object.entries(request).filter(([, value]) => value !== undefined));
  const merged = { ...data, ...given } as RunInstancesRequest;
  if (merged.NetworkInterfaces === undefined || request.SubnetId === undefined) return merged;

  // The interface of the template is put into the subnet of the request. https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/create-launch-template.html
  const { SubnetId, ...rest } = merged;
  const NetworkInterfaces = merged.NetworkInterfaces.map((one) =>
    one.DeviceIndex === undefined || one.DeviceIndex === 0 ? { ...one, DeviceIndex: 0, SubnetId } : one,
  );
  return { ...rest, NetworkInterfaces };
}

/** A template as the API shows it. */
export const templateView = (row: LaunchTemplateRow): LaunchTemplate => ({
  LaunchTemplateId: row.id,
  LaunchTemplateName: row.name,
  CreateTime: new Date(row.createdAt),
  CreatedBy: row.createdBy,
  DefaultVersionNumber: row.defaultVersion,
  LatestVersionNumber: row.versions.at(-1)?.number,
  Tags: tagList(row.tags),
});

/** A version as the API shows it: with the data that was sent. */
export const versionView = (row: LaunchTemplateRow, version: LaunchTemplateVersionRow): LaunchTemplateVersion => ({
  LaunchTemplateId: row.id,
  LaunchTemplateName: row.name,
  VersionNumber: version.number,
  VersionDescription: version.description,
  CreateTime: new Date(version.createdAt),
  CreatedBy: row.createdBy,
  DefaultVersion: version.number === row.defaultVersion,
  LaunchTemplateData: version.data as LaunchTemplateVersion['LaunchTemplateData'],
});
