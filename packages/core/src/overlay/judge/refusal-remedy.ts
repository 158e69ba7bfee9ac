import { fewText } from '../../ground/text/quantities.js';
import type { ActsOfCloud } from '../acts/act.js';
import type { AskedRefusal } from '../carry/ask-plan.js';
import type { ToolPlan } from '../declared/tool-plan.js';
import type { Instance, Value } from '../declared/values.js';
import { changeOf } from '../lay/changes.js';

/**
 * What corrects a refusal, by the words of the service and what the plan does: of a replacement that deletes first what is in use, to create
 * the new one first; of one that is used by what is served, to deploy again; of two new resources with the same value, to change one of both.
 */
export function refusalRemedy(
  { address, change, message, code, operation }: AskedRefusal,
  { instances, words }: ToolPlan,
  remedies: ActsOfCloud['remedies'],
): string {
  const text = `${operation} ${code} ${message}`;
  const instance = instances.find((one) => one.address === address);
  const replaced = instance && changeOf(instance);
  const { before = {}, after = {} } = instance ?? {};
  const isNamed = typeof after['name'] === 'string' && after['name'] === before['name'];
  const canBePrefixed = words.prefix === undefined || words.prefix in before;
  const [, remedy, attribute, always] = remedies.find(([expected]) => expected.test(text)) ?? [];
  if (always === undefined && change === 'delete' && replaced === 'delete and create')
    return isNamed && canBePrefixed ? words.createNamed : words.createFirst;

  // What replaces it exists, and what is served names the old one.
  const deployment = instances.find((one) => 'triggers' in (one.after ?? {}) && changeOf(one) === undefined);
  if (change === 'delete' && replaced === 'create and delete' && deployment !== undefined)
    return words.redeploy.replace('the deployment', deployment.address);
  if (change === 'create' && replaced === 'create and delete' && isNamed && /duplicate|exists/i.test(text))
    return canBePrefixed ? words.otherName : 'Write another name.';

  const twins = instance === undefined || attribute === undefined ? [] : twinsOf(instance, attribute, instances);
  if (twins.length > 0)
    return `Write another ${attribute} at ${address}, or at ${fewText(twins, 2, ' and ')}, which ${twins.length > 1 ? 'have' : 'has'} the same.`;

  return remedy ?? `Change ${address} so that the service accepts it.`;
}

/** Resources of the same type that are there after the plan with the same value of an attribute, where nothing that is known differs in what they belong to. */
function twinsOf(
  { address, type, after }: Instance,
  attribute: string,
  instances: readonly Instance[],
): readonly string[] {
  const of = (one: Instance['after'], name: string): Value | undefined => one?.[name] ?? undefined;
  const owners = Object.keys(after ?? {}).filter((name) => /_(?:id|arn)$/.test(name));
  return instances
    .filter((one) => one.type === type && one.address !== address && one.after !== undefined && !one.deposed)
    .filter((one) => of(one.after, attribute) !== undefined && of(one.after, attribute) === of(after, attribute))
    .filter((one) =>
      owners.every((name) => of(one.after, name) === undefined || of(one.after, name) === of(after, name)),
    )
    .map((one) => one.address);
}
