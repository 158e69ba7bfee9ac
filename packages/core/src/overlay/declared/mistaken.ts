import { InvalidInputError } from '../../ground/errors.js';

/** The kinds of files that can be laid over a snapshot, and files that look like them. */
export type FileKind = 'terraform' | 'change-set' | 'template' | 'pulumi';

type Members = Readonly<Record<string, unknown>>;

/** What a file is that is not of the kind that is read. The first one counts. */
const FILES: readonly {
  readonly kind?: FileKind;
  readonly what: string;
  readonly remedy: string;
  readonly fits: (has: (name: string) => boolean, file: Members) => boolean;
}[] = [
  {
    kind: 'terraform',
    what: 'it is a plan or a state of Terraform',
    remedy: 'Give it with --terraform, or a state with --state.',
    fits: (has) => has('format_version') || (has('lineage') && has('serial')),
  },
  {
    kind: 'change-set',
    what: 'it is a change set of CloudFormation',
    remedy: 'Give it with --change-set.',
    fits: (has) => has('Changes') || (has('ChangeSetName') && has('Status')),
  },
  {
    what: 'it is the answer of create-change-set, which has no changes',
    remedy: 'Write the change set with `aws cloudformation describe-change-set --include-property-values`.',
    fits: (has, { Id }) => has('StackId') && typeof Id === 'string' && Id.includes(':changeSet/'),
  },
  {
    kind: 'template',
    what: 'it is a template of CloudFormation',
    remedy: 'Give it with --template, alone or beside a change set with --change-set.',
    fits: (has, { Resources }) =>
      has('AWSTemplateFormatVersion') || has('TemplateBody') || (typeof Resources === 'object' && Resources !== null),
  },
  {
    kind: 'pulumi',
    what: 'it is a preview of Pulumi',
    remedy: 'Give it with --pulumi.',
    fits: (has) => has('steps') || has('changeSummary') || (has('diagnostics') && has('duration')),
  },
  {
    what: 'it is a stack that `pulumi stack export` wrote, not a preview',
    remedy: 'Write the preview with `pulumi preview --json > preview.json`.',
    fits: (has) => has('deployment') && has('version'),
  },
  {
    what: 'it is a plan that `pulumi preview --save-plan` wrote, not a preview',
    remedy: 'Write the preview with `pulumi preview --json > preview.json`.',
    fits: (has) => has('resourcePlans'),
  },
  {
    what: 'it is a stream of events of Pulumi, not a preview',
    remedy: 'Unset PULUMI_ENABLE_STREAMING_JSON_PREVIEW, and write the preview with `pulumi preview --json`.',
    fits: (has) => has('sequence') && has('timestamp'),
  },
  {
    what: 'it is a specification or a manifest of the CDK, not a change set',
    remedy: 'Give the folder cdk.out with --template.',
    fits: (has) => has('artifacts') && has('version'),
  },
];

/**
 * Refuses a file of another kind, with the option that reads it.
 * @throws {InvalidInputError} `INVALID_INPUT`
 */
export function refuseOthers(value: unknown, kind: FileKind, file: string | undefined): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return;

  const members = value as Members;
  const found = FILES.find(({ fits }) => fits((name) => Object.hasOwn(members, name), members));
  if (found === undefined || found.kind === kind) return;

  throw new InvalidInputError('INVALID_INPUT', `${file ?? 'the file'}: ${found.what}`, {
    place: { file },
    remedy: found.remedy,
  });
}
