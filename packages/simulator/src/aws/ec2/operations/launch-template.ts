import type { DescribeLaunchTemplatesRequest } from '@aws-sdk/client-ec2';
import { type AwsCall, ServiceError } from '../../operation/operation.js';
import { getTemplate, getVersion, templateView, versionView } from '../launch-template/launch-templates.js';
import type { LaunchTemplateRow } from '../launch-template/state.js';
import { oncePerToken, need } from '../request/text-rules.js';
import { family, listing, tagsFrom } from '../request/family.js';
import { shownFilters, listRows } from '../request/filters.js';
import { ID } from '../request/ids.js';

/** Launch templates and their versions. */
export const launchTemplateOperations = family({
  CreateLaunchTemplate(call, input) {
    const { launchTemplates } = call.state.ec2;
    const name = need(input.LaunchTemplateName, 'LaunchTemplateName');
    const data = need(input.LaunchTemplateData, 'LaunchTemplateData');
    if (!/^[a-zA-Z0-9().\-/_]{3,128}$/.test(name)) {
      throw new ServiceError(
        'InvalidLaunchTemplateName.MalformedException',
        `The launch template name ${name} is invalid.`,
      );
    }

    const tags = tagsFrom(input.TagSpecifications, 'launch-template');
    const row = oncePerToken(call, 'CreateLaunchTemplate', input, launchTemplates, () => {
      if ([...launchTemplates.values()].some((other) => other.name === name)) {
        const message = 'Launch template name already in use.';
        throw new ServiceError('InvalidLaunchTemplateName.AlreadyExistsException', message);
      }

      const first = { number: 1, description: input.VersionDescription, createdAt: call.now, data };
      const made: LaunchTemplateRow = {
        id: call.id('lt-'),
        name,
        createdAt: call.now,
        createdBy: call.caller.arn,
        versions: [first],
        defaultVersion: 1,
        latest: 1,
        tags,
      };
      launchTemplates.set(made.id, made);
      return made;
    });
    return { LaunchTemplate: templateView(row) };
  },

  /** A version, from nothing or over another one: members that are given replace those of the source. */
  CreateLaunchTemplateVersion(call, input) {
    const row = getTemplate(call, input);
    const source = input.SourceVersion === undefined ? {} : getVersion(row, input.SourceVersion).data;
    row.latest += 1;
    const data = { ...source, ...need(input.LaunchTemplateData, 'LaunchTemplateData') };
    const version = { number: row.latest, description: input.VersionDescription, createdAt: call.now, data };
    row.versions.push(version);
    return { LaunchTemplateVersion: versionView(row, version) };
  },

  ModifyLaunchTemplate(call, input) {
    const row = getTemplate(call, input);
    if (input.DefaultVersion !== undefined) row.defaultVersion = getVersion(row, input.DefaultVersion).number;
    return { LaunchTemplate: templateView(row) };
  },

  DeleteLaunchTemplate(call, input) {
    const row = getTemplate(call, input);
    call.state.ec2.launchTemplates.delete(row.id);
    return { LaunchTemplate: templateView(row) };
  },

  DescribeLaunchTemplates(call, input, name) {
    for (const LaunchTemplateName of input.LaunchTemplateNames ?? []) getTemplate(call, { LaunchTemplateName });
    return templateList(call, input, name);
  },

  DescribeLaunchTemplateVersions(call, input) {
    const versions = versionsOf(call, input).map(
      (view) => [`${view.LaunchTemplateId} ${view.VersionNumber}`, view] as const,
    );
    const { rows, next } = listRows(input, {
      list: 'DescribeLaunchTemplateVersions',
      rows: new Map(versions.map(([id, view]) => [id, { id, view, ...view.LaunchTemplateData }])),
      filters: {
        ...shownFilters(VERSION_FILTERS, (row: object) => row),
        'create-time': ({ view }) => view.CreateTime?.toISOString(),
        'is-default-version': ({ view }) => view.DefaultVersion,
      },
      size: [1, 200],
    });
    return { LaunchTemplateVersions: rows.map(({ view }) => view), NextToken: next };
  },
});

const templateList = listing({
  of: ID.launchTemplate,
  as: 'LaunchTemplates',
  view: templateView,
  filters: 'create-time launch-template-name',
  visible: ({ name }, input: DescribeLaunchTemplatesRequest) => input.LaunchTemplateNames?.includes(name) ?? true,
  size: [1, 200],
});

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeLaunchTemplateVersions.html (Filter.N) */
const VERSION_FILTERS = `ebs-optimized http-endpoint http-protocol-ipv4 host-resource-group-arn http-tokens
  iam-instance-profile image-id instance-type kernel-id license-configuration-arn network-card-index ram-disk-id`;

interface VersionsWanted {
  readonly LaunchTemplateId?: string | undefined;
  readonly LaunchTemplateName?: string | undefined;
  readonly Versions?: string[] | undefined;
  readonly MinVersion?: string | undefined;
  readonly MaxVersion?: string | undefined;
}

/** The versions of one template, newest first; or, without one, the latest or default versions of all. */
function versionsOf(call: AwsCall, input: VersionsWanted) {
  const isAll = input.LaunchTemplateId === undefined && input.LaunchTemplateName === undefined;
  const templates = isAll ? [...call.state.ec2.launchTemplates.values()] : [getTemplate(call, input)];
  return templates.flatMap((row) => {
    const named = input.Versions?.map((version) => getVersion(row, version));
    const rows = named ?? row.versions.toReversed();
    return rows
      .filter(({ number }) => number >= Number(input.MinVersion ?? 1) && number <= Number(input.MaxVersion ?? number))
      .map((version) => versionView(row, version));
  });
}
