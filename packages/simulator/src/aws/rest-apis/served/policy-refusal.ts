import { anyCovers } from '../../connects/blocks.js';
import { isPermitted } from '../../traffic/caller-headers.js';
import type { RestApiCopy } from '../control/state.js';
import { partitionOf } from '../../operation/operation.js';
import type { Refusal, Visit } from './integrate.js';

/** What a resource policy looks at. */
export interface Asked {
  /** `arn:aws:execute-api:eu-west-1:111122223333:a1b2c3/prod/GET/pets`. */
  readonly arn: string;
  readonly sourceIp: string;
  /** The VPC endpoint of a call to a private API. */
  readonly vpcEndpointId: string | undefined;
}

/** What a policy says of a call; `unsaid`: no statement is about it. */
export type Verdict = 'allow' | 'deny' | 'unsaid';

interface Statement {
  readonly Effect?: string;
  readonly Principal?: unknown;
  readonly Action?: unknown;
  readonly Resource?: unknown;
  readonly NotResource?: unknown;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

const INVOKE = 'execute-api:Invoke';

const policies = new WeakMap<RestApiCopy, readonly Statement[]>();

/**
 * What an API's resource policy says of an anonymous call. Conditions on `aws:SourceIp`, `aws:SourceVpce` and
 * `aws:SourceVpc` are evaluated; calls have no VPC of their own. A statement with another condition, or for named
 * principals only, is taken to deny where it denies, and does not allow.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-resource-policies-examples.html
 */
function verdictOf(copy: RestApiCopy, asked: Asked, action = INVOKE): Verdict {
  const about = statementsOf(copy).filter((statement) => concerns(statement, asked, action));
  if (about.some((statement) => statement.Effect === 'Deny' && holds(statement, asked) !== false)) return 'deny';

  return about.some((statement) => statement.Effect === 'Allow' && holds(statement, asked) === true)
    ? 'allow'
    : 'unsaid';
}

function statementsOf(copy: RestApiCopy): readonly Statement[] {
  const known = policies.get(copy);
  if (known) return known;

  const { Statement: given = [] } = JSON.parse(copy.policy ?? '{}') as { readonly Statement?: Statement | Statement[] };
  const statements = [given].flat();
  policies.set(copy, statements);
  return statements;
}

function concerns({ Action, Resource, NotResource }: Statement, { arn }: Asked, action: string): boolean {
  if (!texts(Action).some((one) => like(one.toLowerCase(), action.toLowerCase()))) return false;
  if (NotResource !== undefined) return !texts(NotResource).some((pattern) => like(pattern, arn));

  return texts(Resource).some((pattern) => like(pattern, arn));
}

/** Whether a policy denies the call, whoever makes it. */
function deniesAll(copy: RestApiCopy, asked: Asked): boolean {
  return statementsOf(copy).some(
    (one) =>
      one.Effect === 'Deny' &&
      isForAll(one) &&
      Object.keys(one.Condition ?? {}).length === 0 &&
      concerns(one, asked, INVOKE),
  );
}

function isForAll({ Principal }: Statement): boolean {
  return Principal === '*' || texts((Principal as { AWS?: unknown } | undefined)?.AWS).includes('*');
}

/** Whether a statement holds for an anonymous call; undefined where that cannot be determined. */
function holds(statement: Statement, asked: Asked): boolean | undefined {
  const { Condition = {} } = statement;
  const conditions = Object.entries(Condition).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, values]) => meets(operator, key, texts(values), asked)),
  );
  if (conditions.includes(false)) return false;

  return isForAll(statement) && !conditions.includes(undefined) ? true : undefined;
}

function meets(operator: string, key: string, values: readonly string[], asked: Asked): boolean | undefined {
  const [, isNot, kind] = /^(?:String)?(Not)?(Equals|Like|IpAddress)$/.exec(operator) ?? [];
  const known = { 'aws:sourceip': asked.sourceIp, 'aws:sourcevpce': asked.vpcEndpointId, 'aws:sourcevpc': undefined };
  if (kind === undefined || !Object.hasOwn(known, key.toLowerCase())) return undefined;

  const value = known[key.toLowerCase() as keyof typeof known];
  const fits =
    value !== undefined &&
    values.some((one) => (kind === 'IpAddress' ? anyCovers([block(one)], value) : like(one, value)));
  return isNot === undefined ? fits : !fits;
}

/** A single address is a block, too. */
const block = (text: string): string => (text.includes('/') ? text : `${text}/${text.includes(':') ? 128 : 32}`);

/** `*` stands for any text, `?` for one character. */
function like(pattern: string, text: string): boolean {
  const escaped = pattern
    .replaceAll(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${escaped}$`).test(text);
}

function texts(value: unknown): readonly string[] {
  return [value].flat().filter((one): one is string => typeof one === 'string');
}

/**
 * Refuses a call that the API's resource policy denies, or does not allow where only it can. A private API without a
 * policy allows no calls. A signed call of a method with IAM is allowed by the caller's own permissions, too.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-authorization-flow.html
 */
export function policyRefusal(visit: Visit): Refusal | undefined {
  const { ground, view, copy, route } = visit;
  const isPrivate = view.fields.endpointConfiguration?.types?.[0] === 'PRIVATE';
  if (copy.policy === undefined && !isPrivate) return undefined;

  const { account } = ground;
  const { prefix, place, asked } = askedBy(visit);
  const verdict = verdictOf(copy, asked);
  if (verdict === 'allow' || (isPermitted(visit.call) && !deniesAll(copy, asked))) return undefined;
  if (verdict === 'unsaid' && route.method.authorizationType === 'AWS_IAM' && !isPrivate) return undefined;

  const shown = `${prefix}********${account.slice(-4)}:${place}`; // the account as the service shows it
  const explicit = verdict === 'deny' ? ' with an explicit deny' : '';
  return {
    type: 'ACCESS_DENIED',
    outcome: 'unauthorized',
    because: `The resource policy of API ${view.fields.id} ${verdict === 'deny' ? 'denies' : 'does not allow'} the call.`,
    message: `User: anonymous is not authorized to perform: execute-api:Invoke on resource: ${shown}${explicit}`,
  };
}

function askedBy({ ground, view, stage, call, request, vpcEndpointId }: Visit) {
  const { account, region } = ground;
  const place = `${view.fields.id}/${stage.stageName}/${call.method}${request.path}`;
  const prefix = `arn:${partitionOf(region.name)}:execute-api:${region.name}:`;
  const asked: Asked = { arn: `${prefix}${account}:${place}`, sourceIp: call.sourceIp, vpcEndpointId };
  return { prefix, place, asked };
}

/** Whether the resource policy allows a caller another action than the call itself. */
export function allowsAction(visit: Visit, action: string): boolean {
  return verdictOf(visit.copy, askedBy(visit).asked, action) === 'allow';
}
