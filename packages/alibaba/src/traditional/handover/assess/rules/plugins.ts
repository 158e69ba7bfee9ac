import type { Json } from '@postern/core/internal/adapter';
import { blocked, changed, exact, unknown, type HandoverRule } from '../rule.js';
import { membersOf, numberIn, textIn } from '../view.js';
import { pluginRule } from './plugin-rule.js';
import { PLAIN_PLUGINS, routing } from './plugin-table.js';
import { IP_CONTROL_OF_APP, limitItems, LIMITS } from './throttles.js';
import { attributesNotRead } from './words.js';

const trafficControl = pluginRule({
  type: 'trafficControl',
  id: 'plugin/traffic-control',
  classic: 'the plug-in `trafficControl`',
  apig: 'RateLimit; plug-ins for users, apps and parameters; none for limits of single apps',
  codes: {
    ...LIMITS,
    LIMIT_PER_PARAMETER: changed(
      'The plug-in {name} ({type}) limits calls by parameters. RateLimit does not: a plug-in of the market does.',
      {
        target: 'plug-in cluster-key-rate-limit (needs Redis), or key-rate-limit',
        affects: ['callers'],
        who: 'platform',
        remedy: 'Install the plug-in on the target, and set its limits.',
      },
    ),
  },
  *find({ plugin, stage, apis, about, shown }, say) {
    const { id, name, body } = plugin;
    yield* limitItems(say, {
      source: { kind: 'plugin', id, name },
      stage,
      apis,
      unit: textIn(body, 'unit')?.toUpperCase() ?? 'SECOND',
      perApi: numberIn(body, 'apiDefault'),
      perUser: numberIn(body, 'userDefault'),
      perApp: numberIn(body, 'appDefault'),
      special: membersOf(body, 'specials').length,
    });
    if (membersOf(body, 'limits').length > 0 || membersOf(body, 'parameters').length > 0)
      yield say.LIMIT_PER_PARAMETER(about, shown);
  },
});

const ipControl = pluginRule({
  type: 'ipControl',
  id: 'plugin/ip-control',
  classic: 'the plug-in `ipControl`',
  apig: 'IpAccessControl; none for entries that hold for one app',
  codes: {
    IP_CONTROL_KEPT: exact(
      'The plug-in {name} ({type}) decides by the address of the caller; IpAccessControl does the same.',
      { target: 'policy IpAccessControl, {refuses?refuses:allows}' },
    ),
    IP_CONTROL_OF_APP,
  },
  *find({ plugin, about, shown }, say) {
    const refuses = /^refuse$/i.test(textIn(plugin.body, 'type') ?? '');
    const items = membersOf(plugin.body, 'items');
    // What is reported as unknown may decide otherwise.
    if (attributesNotRead(plugin).length === 0) yield say.IP_CONTROL_KEPT(about, { ...shown, refuses });
    if (items.some((item) => textIn(item, 'appId') !== undefined || numberIn(item, 'appId') !== undefined))
      yield say.IP_CONTROL_OF_APP(about, { what: `The plug-in ${shown.name} (${shown.type})`, count: undefined });
  },
});

const transformer = pluginRule({
  type: 'transformer',
  id: 'plugin/transformer',
  classic: 'the plug-in `transformer`',
  apig: 'HeaderModify, HttpRewrite; none for bodies',
  codes: {
    TRANSFORM_HEADERS: changed(
      'The plug-in {name} ({type}) changes headers and paths; the policies HeaderModify and HttpRewrite do, too. `postern handover run` does not create them for it.',
      {
        target: 'policies HeaderModify, HttpRewrite',
        affects: ['callers', 'backend'],
        who: 'platform',
        remedy:
          'Create the policies on the route after the run and before the switch, and compare what the backend gets.',
      },
    ),
    TRANSFORM_BODY: blocked('The plug-in {name} ({type}) changes bodies. No policy of APIG does.', {
      affects: ['callers', 'backend'],
      who: 'backend',
      remedy: 'Let the backend or the callers use the other form. A waiver means that bodies are not changed.',
    }),
  },
  *find({ plugin, about, shown }, say) {
    yield hasKey(plugin.body, /body|template/i)
      ? say.TRANSFORM_BODY(about, shown)
      : say.TRANSFORM_HEADERS(about, shown);
  },
});

const dataset = pluginRule({
  id: 'plugin/dataset',
  classic: 'a plug-in that reads a data set',
  apig: 'none',
  codes: {
    DATASET: blocked('The plug-in {name} ({type}) reads a data set. APIG has none [I].', {
      affects: ['callers'],
      who: 'platform',
      remedy: 'Write the values into the policy itself.',
    }),
  },
  *find({ plugin, about, shown }, say) {
    if (hasKey(plugin.body, /^data-?set/i)) yield say.DATASET(about, shown);
  },
});

const LEFT_OUT = {
  affects: ['callers'],
  who: 'platform',
  remedy: 'Detach it, or waive it: a waiver leaves it out.',
} as const;

const unread = pluginRule({
  id: 'plugin/unread',
  classic: 'a plug-in of another type, or with a body that cannot be read',
  apig: 'undecided',
  codes: {
    PLUGIN_TYPE: unknown('The plug-in {name} ({type}) has a type without a known counterpart.', LEFT_OUT),
    PLUGIN_UNREADABLE: unknown('The plug-in {name} ({type}) has a body that is neither YAML nor JSON.', LEFT_OUT),
  },
  *find({ plugin: { type, body }, about, shown }, say) {
    if (BY_BODY.has(type)) {
      if (body === null) yield say.PLUGIN_UNREADABLE(about, shown);
    } else if (!Object.hasOwn(PLAIN_PLUGINS, type)) yield say.PLUGIN_TYPE(about, shown);
  },
});

const BY_BODY: ReadonlySet<string> = new Set(['trafficControl', 'ipControl', 'routing', 'transformer']);

function hasKey(value: Json | undefined, key: RegExp): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) return value.some((one) => hasKey(one as Json, key));

  return Object.entries(value).some(([name, member]) => key.test(name) || hasKey(member as Json, key));
}

const { cors, jwtAuth, basicAuth, circuitBreaker, remoteAuth, errorMapping, ...notCarriedOver } = PLAIN_PLUGINS;

/** In the order of reports. */
export const pluginRules: readonly HandoverRule[] = [
  cors,
  ipControl,
  jwtAuth,
  basicAuth,
  trafficControl,
  circuitBreaker,
  remoteAuth,
  errorMapping,
  transformer,
  routing,
  ...Object.values(notCarriedOver),
  dataset,
  unread,
];
