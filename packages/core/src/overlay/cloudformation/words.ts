import { entryOf } from '../../ground/json.js';
import { fewText } from '../../ground/text/quantities.js';
import type { ToolWords } from '../declared/tool-plan.js';
import type { ChangeSet } from './read-change-set.js';
import type { Template } from './read-template.js';
import type { ResourceTypeSet } from './identity.js';

/** What users of CloudFormation call things. */
export const WORDS: ToolWords = {
  tool: 'CloudFormation',
  plan: 'the change set',
  later: 'after the execution',
  computed: 'is not in the template',
  decide: 'Write the value in the template, or check again after the execution.',
  where: ' in the template',
  createFirst: 'Give the new one another logical ID, and remove the old one later.',
  createNamed: 'Write another name, or none: CloudFormation then gives each one a name of its own.',
  otherName: 'Write another name, or none: CloudFormation then gives each one a name of its own.',
  comesAfter: (address, before) => `Write DependsOn at ${address}, with ${fewText(before, before.length, ' and ')}.`,
  redeploy: 'Give the deployment another logical ID: the change set then creates a new one.',
};

/** An attribute as a property: `subnet_ids` is `SubnetIds`. */
export function propertyText(path: readonly (string | number)[]): string {
  if (path.length === 0) return 'Properties';

  return path
    .map((part, at) =>
      typeof part === 'number'
        ? `[${part}]`
        : `${at === 0 ? '' : '.'}${(entryOf(PROPERTIES, part) ?? part).replaceAll(/(?:^|_)([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())}`,
    )
    .join('');
}

/** Attributes whose properties have another name. */
const PROPERTIES: Readonly<Record<string, string>> = {
  security_group_id: 'group_id',
  referenced_security_group_id: 'security_group_id',
  cidr_ipv4: 'cidr_ip',
  cidr_blocks: 'cidr_ip',
  ipv6_cidr_blocks: 'cidr_ipv6',
  cidr_ipv6: 'cidr_ipv6',
  timeout_milliseconds: 'timeout_in_millis',
  certificate_arn: 'certificates',
  ingress: 'security_group_ingress',
  egress: 'security_group_egress',
};

/** What a reader must know about the files. */
export function notesOf(
  { changes }: ChangeSet,
  template: Template | undefined,
  types: ResourceTypeSet,
): readonly string[] {
  const existing = changes.filter(({ Action }) => Action === 'Modify' || Action === 'Remove');
  const isShown = existing.length === 0 || existing.some(({ BeforeContext }) => BeforeContext !== undefined);
  const missing = changes.filter(
    ({ Action, LogicalResourceId: name, ResourceType = '' }) =>
      template !== undefined &&
      Action !== 'Remove' &&
      types.of(ResourceType) !== undefined &&
      !Object.hasOwn(template.resources, name),
  );
  return [
    ...(isShown
      ? []
      : [
          'the change set has no property values: what changes in resources that exist is unknown. Describe it with --include-property-values',
        ]),
    ...(template === undefined
      ? ['no template is given: what new resources name is unknown. Give it with --template']
      : []),
    ...(template?.transform === undefined
      ? []
      : ['the template has a transform: give the processed one (get-template --template-stage Processed)']),
    ...(missing.length === 0
      ? []
      : [
          `${missing
            .map(({ LogicalResourceId: name }) => name)
            .slice(0, 3)
            .join(', ')}: not in the template, which may be of another change set`,
        ]),
  ];
}
