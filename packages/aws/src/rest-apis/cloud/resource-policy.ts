import { jsonIn } from '@postern/core/internal/adapter';
import type { Gateway } from '@postern/core/internal/snapshot';

type Denial = NonNullable<Gateway['denies']>;

interface Statement {
  readonly Effect?: unknown;
  readonly Principal?: unknown;
  readonly Action?: unknown;
  readonly Resource?: unknown;
  readonly Condition?: unknown;
}

/**
 * What a resource policy denies to callers without credentials: every call, where a statement without a condition denies all of them
 * or none allows any; some calls, where conditions, paths or principals decide. Undefined: no call, or no policy.
 * @param policy as an export has it, or the text of GetRestApi, whose quotes are escaped
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-authorization-flow.html
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-resource-policies-examples.html
 */
export function denialOf(policy: unknown): Denial | undefined {
  if (policy === undefined || policy === null || policy === '') return undefined;

  const statements = statementsOf(policy);
  if (statements === undefined) return 'some';

  const about = statements.filter(({ Action }) => texts(Action).some(invokes));
  const denying = about.filter(({ Effect }) => Effect === 'Deny');
  const allowing = about.filter(({ Effect }) => Effect === 'Allow');
  if (denying.some(isOfAll) || allowing.length === 0) return 'all';

  return denying.length > 0 || !allowing.some(isOfAll) ? 'some' : undefined;
}

function statementsOf(policy: unknown): readonly Statement[] | undefined {
  const document = typeof policy === 'string' ? parsed(policy) : policy;
  const { Statement: given } = (document ?? {}) as { readonly Statement?: unknown };
  const list = [given].flat();
  return list.every((one) => typeof one === 'object' && one !== null) ? (list as readonly Statement[]) : undefined;
}

function parsed(text: string): unknown {
  return jsonIn(text) ?? jsonIn(text.replaceAll(String.raw`\"`, '"').replaceAll(String.raw`\/`, '/'));
}

/** `execute-api:Invoke`, `execute-api:*`, `*`. */
function invokes(action: string): boolean {
  return ['*', 'execute-api:*', 'execute-api:invoke'].includes(action.toLowerCase());
}

/** Whether a statement is about every call of every caller. */
function isOfAll({ Principal, Resource, Condition }: Statement): boolean {
  const everyone = Principal === '*' || texts((Principal as { AWS?: unknown } | undefined)?.AWS).includes('*');
  // `execute-api:/*` and `arn:aws:execute-api:region:account:api/*` are every stage, method and path.
  const everything = texts(Resource).some(
    (one) => one === '*' || /^(?:arn:[^/]*|execute-api:)\/\*(?:\/\*)*$/.test(one),
  );
  return everyone && everything && Condition === undefined;
}

function texts(value: unknown): readonly string[] {
  return [value].flat().filter((one): one is string => typeof one === 'string');
}
