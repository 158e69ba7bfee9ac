import { entryOf } from '../../../ground/json.js';
import type { GatewayUse } from '../../model/gateway.js';
import type { AssumedFacts } from '../../spec.js';
import { isAddress } from '../../kinds/id-kinds.js';

/** `#NAME#`: a stage variable, which no API resolves. */
export function isVariable(text: string | undefined): boolean {
  return text !== undefined && /#[^#\s]+#/.test(text);
}

/** Values by stage and name, as `assume.stageVariables` has them for one gateway. */
type Values = NonNullable<AssumedFacts['stageVariables']>[string];

/**
 * A use with the values that the spec gives its stage variables; a use without such values is not changed. A
 * draft may be published to any stage, so it becomes one use for each stage with values.
 */
export function withVariables(use: GatewayUse, values: Values | undefined): readonly GatewayUse[] {
  const { stage, targetId, host } = use;
  if (values === undefined || !(isVariable(targetId) || isVariable(host))) return [use];
  if (stage !== undefined) return [resolvedUse(use, entryOf(values, stage))];

  const resolved = Object.values(values)
    .map((ofStage) => resolvedUse(use, ofStage))
    .filter((one) => !isVariable(one.targetId) && !isVariable(one.host));
  const different = new Map(resolved.map((one) => [`${one.targetId ?? ''}\n${one.host ?? ''}`, one]));
  return different.size === 0 ? [use] : [...different.values()];
}

function resolvedUse(use: GatewayUse, values: Readonly<Record<string, string>> | undefined): GatewayUse {
  if (values === undefined) return use;

  const { targetId, host } = use;
  const resolve = (text: string): string =>
    text.replace(/#([^#\s]+)#/g, (whole, name: string) => (Object.hasOwn(values, name) ? (values[name] ?? '') : whole));
  return {
    ...use,
    ...(targetId === undefined ? {} : { targetId: resolve(targetId) }),
    ...(host === undefined ? {} : hostOf(use, resolve(host))),
  };
}

/** A value may contain the port as well: `10.0.0.5:8080`. */
function hostOf({ host, port }: GatewayUse, value: string): Partial<GatewayUse> {
  if (value === host) return {};

  const [, name, at] = /^([^:[\]]+|\[[0-9a-f:.]+\])(?::(\d{1,5}))?$/i.exec(value) ?? [];
  const bare = (name ?? value).replace(/^\[|\]$/g, '').toLowerCase();
  if (isVariable(value)) return { host: value };
  if (!isAddress(bare) && !/^[\w.-]+$/.test(bare))
    return { host: bare, unreadable: `${JSON.stringify(value)}, the value of its variable, is not a valid host` };

  return { host: bare, port: at === undefined ? port : Number(at) };
}
