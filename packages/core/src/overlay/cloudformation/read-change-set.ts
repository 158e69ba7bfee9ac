import { InvalidInputError } from '../../ground/errors.js';
import { looseList, looseMembers, looseText, type Loose } from '../declared/open.js';
import { parsePlan, refuseLongPlan } from '../declared/values.js';
import { refuseOthers } from '../declared/mistaken.js';
import { documentsIn } from './convert.js';
import type { ParameterValue } from './evaluate.js';

/** A change of a resource. @see https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ResourceChange.html */
export interface ChangeSetChange {
  readonly Action?: string | undefined;
  readonly LogicalResourceId: string;
  readonly PhysicalResourceId?: string | undefined;
  readonly ResourceType?: string | undefined;
  readonly Replacement?: string | undefined;
  readonly PolicyAction?: string | undefined;
  /** The properties that change, by `Details`; undefined for other attributes. */
  readonly changed: readonly (string | undefined)[];
  /** JSON with `Properties`, where the change set was described with `--include-property-values`. */
  readonly BeforeContext?: unknown;
  readonly AfterContext?: unknown;
  /** Why it is not known what becomes of it. */
  readonly lost?: string | undefined;
}

/** What is used of a change set of CloudFormation. */
export interface ChangeSet {
  readonly stackId: string;
  readonly stackName: string;
  /** ISO 8601. */
  readonly createdAt: string | undefined;
  readonly parameters: Readonly<Record<string, ParameterValue>>;
  readonly changes: readonly ChangeSetChange[];
  /** Physical IDs by logical ID, of resources that are in no change as well. */
  readonly physicalIds: ReadonlyMap<string, string>;
}

const DESCRIBE = 'aws cloudformation describe-change-set --include-property-values';

/**
 * Reads the answer of `aws cloudformation describe-change-set`. Several pages, and an answer of
 * `describe-stack-resources` for the IDs of what does not change, may follow each other in one file.
 * @throws {InvalidInputError} `INVALID_INPUT` for anything else, for a change set that failed, and where a page is missing; `INPUT_TOO_LARGE`.
 */
export function readChangeSet(text: string, file?: string): ChangeSet {
  refuseLongPlan(text, file);
  const refused = (what: string, remedy: string): InvalidInputError =>
    new InvalidInputError('INVALID_INPUT', `${file ?? 'the change set'}: ${what}`, { place: { file }, remedy });
  const bare = text.replace(/^\uFEFF/, '').trim();
  if (!/^[{[]/.test(bare))
    throw refused(
      bare === '' ? 'it is empty' : 'it is not JSON',
      `Write the change set with \`${DESCRIBE} --output json\`. A template is given with --template.`,
    );

  const all: Loose[] = [];
  for (const document of documentsIn(bare)) {
    const value = parsePlan(document, file);
    for (const page of Array.isArray(value) ? looseList(value) : [looseMembers(value)]) {
      if (isResources(page)) {
        all.push(page);
        continue;
      }

      refuseOthers(page, 'change-set', file);
      if (page['Changes'] === undefined && page['Status'] === undefined)
        throw refused('it is not a change set: `Changes` is missing', `Write it with \`${DESCRIBE}\`.`);

      all.push(page);
    }
  }
  const pages = all.filter((one) => !isResources(one));
  const [first] = pages;
  if (first === undefined) throw refused('it has no change set', `Write it with \`${DESCRIBE}\`.`);

  const changes = pages.flatMap(changesIn);
  checkStatus(first, refused);
  if (new Set(pages.map((one) => one['ChangeSetId'] ?? one['ChangeSetName'])).size > 1)
    throw refused('it has several change sets', 'Give one: each stack is judged for itself.');
  if (looseText(pages.at(-1)?.['NextToken']) !== undefined)
    throw refused(
      'it is a part of the change set: `NextToken` names the next page',
      'Append that page to the file: describe the change set again with --next-token.',
    );

  return {
    stackId: looseText(first['StackId']) ?? '',
    stackName: looseText(first['StackName']) ?? '',
    createdAt: looseText(first['CreationTime']),
    parameters: Object.fromEntries(
      looseList(first['Parameters']).flatMap((one) => {
        const key = looseText(one['ParameterKey']);
        const resolved = looseText(one['ResolvedValue']);
        const value = resolved === undefined ? looseText(one['ParameterValue']) : { resolved };
        return key === undefined || value === undefined ? [] : [[key, value] as const];
      }),
    ),
    changes,
    physicalIds: physicalIds(all),
  };
}

function isResources(page: Loose): boolean {
  return page['StackResources'] !== undefined || page['StackResourceSummaries'] !== undefined;
}

function changesIn(page: Loose): readonly ChangeSetChange[] {
  return looseList(page['Changes']).flatMap(({ ResourceChange }) => {
    const one = looseMembers(ResourceChange);
    const texts = Object.fromEntries(TEXTS.map((name) => [name, looseText(one[name])]));
    const { LogicalResourceId, ...others } = texts;
    if (LogicalResourceId === undefined) return [];

    const details = looseList(one['Details']).map(({ Target }) => looseText(looseMembers(Target)['Name']));
    return {
      ...others,
      LogicalResourceId,
      changed: details,
      BeforeContext: one['BeforeContext'],
      AfterContext: one['AfterContext'],
    };
  });
}

/** The members of a change that are texts. */
const TEXTS = [
  'Action',
  'LogicalResourceId',
  'PhysicalResourceId',
  'ResourceType',
  'Replacement',
  'PolicyAction',
] as const;

function checkStatus(
  { Status: status, StatusReason: reason }: Loose,
  refused: (what: string, remedy: string) => InvalidInputError,
): void {
  // What changes nothing is FAILED, too.
  if (status === 'FAILED' && !/didn't contain changes|No updates are to be performed/.test(String(reason)))
    throw refused('the change set is FAILED', 'Read `StatusReason` in it.');
  if (status !== undefined && status !== 'CREATE_COMPLETE' && status !== 'FAILED')
    throw refused(
      `the change set is ${String(status).slice(0, 40)}, not CREATE_COMPLETE`,
      'Wait with `aws cloudformation wait change-set-create-complete`, then describe it again.',
    );
}

function physicalIds(pages: readonly Loose[]): ReadonlyMap<string, string> {
  const ids = new Map<string, string>();
  const lists = pages.flatMap((one) => [
    ...looseList(one['StackResources']),
    ...looseList(one['StackResourceSummaries']),
    ...looseList(one['Changes']).map(({ ResourceChange }) => looseMembers(ResourceChange)),
  ]);
  for (const one of lists) {
    const [name, id = ''] = [looseText(one['LogicalResourceId']), looseText(one['PhysicalResourceId'])];
    if (name !== undefined && id !== '') ids.set(name, id);
  }
  return ids;
}
