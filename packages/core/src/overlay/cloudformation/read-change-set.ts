import { parseUncompared } from '../../decode/parse-json.js';
import { InvalidInputError } from '../../ground/errors.js';
import { refuseOthers } from '../declared/mistaken.js';
import { documentsIn } from './documents.js';

/** A change of a resource. @see https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ResourceChange.html */
export interface ChangeSetChange {
  readonly Action?: string | undefined;
  readonly LogicalResourceId?: string | undefined;
  readonly PhysicalResourceId?: string | undefined;
  readonly ResourceType?: string | undefined;
  readonly Replacement?: string | undefined;
  readonly PolicyAction?: string | undefined;
  readonly Details?: readonly ChangeDetail[] | undefined;
  readonly ChangeSetId?: string | undefined;
  /** JSON with `Properties`, where the change set was described with `--include-property-values`. */
  readonly BeforeContext?: unknown;
  readonly AfterContext?: unknown;
}

/** What of a resource changes. */
export interface ChangeDetail {
  readonly Target?: {
    readonly Attribute?: string | undefined;
    readonly Name?: string | undefined;
    readonly RequiresRecreation?: string | undefined;
  };
}

/** A page of `describe-change-set`, or an answer of `describe-stack-resources`. */
interface Page {
  readonly ChangeSetName?: string;
  readonly ChangeSetId?: string;
  readonly StackId?: string;
  readonly StackName?: string;
  readonly CreationTime?: string;
  readonly Status?: string;
  readonly StatusReason?: string;
  readonly NextToken?: string | null;
  readonly Parameters?: readonly Parameter[];
  readonly Changes?: readonly { readonly ResourceChange?: ChangeSetChange }[];
  readonly StackResources?: readonly ChangeSetChange[];
  readonly StackResourceSummaries?: readonly ChangeSetChange[];
}

interface Parameter {
  readonly ParameterKey?: string;
  readonly ParameterValue?: string;
  readonly ResolvedValue?: string;
}

/** What is used of a change set of CloudFormation. */
export interface ChangeSet {
  readonly stackId: string;
  readonly stackName: string;
  /** ISO 8601. */
  readonly createdAt: string | undefined;
  /** The values of parameters, those of Systems Manager resolved. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly changes: readonly ChangeSetChange[];
  /** Physical IDs by logical ID, of resources that are in no change as well. */
  readonly physicalIds: ReadonlyMap<string, string>;
}

const DESCRIBE = 'aws cloudformation describe-change-set --include-property-values';

/** The largest file, in UTF-16 code units. */
const MAX_LENGTH = 256 * 1024 * 1024;

/**
 * Reads the answer of `aws cloudformation describe-change-set`. Several pages, and an answer of
 * `describe-stack-resources` for the IDs of what does not change, may follow each other in one file.
 * @throws {InvalidInputError} `INVALID_INPUT` for anything else, for a change set that failed or has no changes, and
 *   where a page is missing; `INPUT_TOO_LARGE`.
 */
export function readChangeSet(text: string, file?: string): ChangeSet {
  const refused = (what: string, remedy: string): InvalidInputError =>
    new InvalidInputError('INVALID_INPUT', `${file ?? 'the change set'}: ${what}`, { place: { file }, remedy });
  const bare = text.replace(/^\uFEFF/, '').trim();
  if (!/^[{[]/.test(bare))
    throw refused(
      bare === '' ? 'it is empty' : 'it is not JSON',
      `Write the change set with \`${DESCRIBE} --output json\`. A template is given with --template.`,
    );
  const all: Page[] = [];
  for (const document of documentsIn(bare)) {
    const { value } = parseUncompared(document, { file, maxLength: MAX_LENGTH });
    for (const one of Array.isArray(value) ? (value as readonly unknown[]) : [value]) {
      const page = (typeof one === 'object' && one !== null ? one : {}) as Page;
      const isResources = page.StackResources !== undefined || page.StackResourceSummaries !== undefined;
      if (!isResources) refuseOthers(page, 'change-set', file);
      if (!isResources && page.Changes === undefined && page.Status === undefined)
        throw refused('it is not a change set: `Changes` is missing', `Write it with \`${DESCRIBE}\`.`);
      all.push(page);
    }
  }
  const pages = all.filter((one) => one.Changes !== undefined || one.Status !== undefined);
  const [first] = pages;
  if (first === undefined) throw refused('it has no change set', `Write it with \`${DESCRIBE}\`.`);
  checkStatus(first, refused);
  if (new Set(pages.map(({ ChangeSetId, ChangeSetName }) => ChangeSetId ?? ChangeSetName)).size > 1)
    throw refused('it has several change sets', 'Give one: each stack is judged for itself.');
  if (typeof pages.at(-1)?.NextToken === 'string')
    throw refused(
      'it is a part of the change set: `NextToken` names the next page',
      'Append that page to the file: describe the change set again with --next-token.',
    );
  return {
    stackId: first.StackId ?? '',
    stackName: first.StackName ?? '',
    createdAt: first.CreationTime,
    parameters: Object.fromEntries(
      (first.Parameters ?? []).flatMap(({ ParameterKey: key, ParameterValue, ResolvedValue }) => {
        const value = ResolvedValue ?? ParameterValue;
        return key === undefined || value === undefined ? [] : [[key, value] as const];
      }),
    ),
    changes: pages.flatMap(({ Changes = [] }) => Changes.flatMap(({ ResourceChange }) => ResourceChange ?? [])),
    physicalIds: physicalIds(all),
  };
}

function checkStatus(
  { Status, Changes = [] }: Page,
  refused: (what: string, remedy: string) => InvalidInputError,
): void {
  if (Status === 'FAILED')
    throw refused(
      'the change set is FAILED',
      'Read `StatusReason` in it. Where the template does not change anything, there is nothing to judge.',
    );
  if (Status !== undefined && Status !== 'CREATE_COMPLETE')
    throw refused(
      `the change set is ${Status.slice(0, 40)}, not CREATE_COMPLETE`,
      'Wait with `aws cloudformation wait change-set-create-complete`, then describe it again.',
    );
  if (Changes.length === 0) throw refused('the change set has no changes', 'There is nothing to judge.');
}

function physicalIds(pages: readonly Page[]): ReadonlyMap<string, string> {
  const ids = new Map<string, string>();
  const lists = pages.flatMap(({ StackResources = [], StackResourceSummaries = [], Changes = [] }) => [
    ...StackResources,
    ...StackResourceSummaries,
    ...Changes.flatMap(({ ResourceChange }) => ResourceChange ?? []),
  ]);
  for (const { LogicalResourceId: name, PhysicalResourceId: id } of lists)
    if (name !== undefined && id !== undefined && id !== '') ids.set(name, id);
  return ids;
}
