import type { Json } from '@postern/core/adapter';
import type { SourcePlugin } from '../../source/source.js';
import type { About } from '../assessment.js';
import { say, type Found, type HandoverRule } from '../rule.js';
import { aboutAll, type AssessView, type Published, membersOf, numberIn, textIn } from '../view.js';
import { PLUGIN_ROWS, routingItems } from './plugin-table.js';
import { limitItems } from './throttles.js';
import { attributesNotRead } from './words.js';

interface Used {
  readonly plugin: SourcePlugin;
  readonly stage: string;
  readonly apis: readonly Published[];
  readonly about: About;
}

function* eachPlugin(view: AssessView, types: (type: string) => boolean): Iterable<Used> {
  for (const plugin of view.source.plugins) {
    if (!types(plugin.type)) continue;
    const source = { kind: 'plugin', id: plugin.id, name: plugin.name } as const;
    for (const [stage, apis] of view.reached(plugin.uses))
      yield { plugin, stage, apis, about: aboutAll(source, stage, apis) };
  }
}

const title = ({ name, type }: SourcePlugin): string => `The plug-in ${name} (${type})`;

/** A rule for plug-ins of one type, by its row of the table. */
const ofType = (type: string, id: string, classic: string, apig: string): HandoverRule => {
  const row = PLUGIN_ROWS[type];
  if (row === undefined) throw new TypeError(`no row for ${type}`);
  return {
    id,
    classic,
    apig,
    codes: { [row.code]: row.verdict },
    *find(view) {
      for (const { plugin, about } of eachPlugin(view, (one) => one === type)) {
        const { code, verdict, text, target, affects, who, remedy } = row;
        yield say[verdict](code, about, { target, affects, who, remedy, message: `${title(plugin)} ${text}` });
      }
    },
  };
};

const trafficControl: HandoverRule = {
  id: 'plugin/traffic-control',
  classic: 'the plug-in `trafficControl`',
  apig: 'RateLimit; plug-ins for users, apps and parameters; none for limits of single apps',
  codes: {
    LIMIT_PER_API: 'changed',
    LIMIT_PER_CALLER: 'changed',
    LIMIT_UNIT: 'unknown',
    LIMIT_SPECIAL: 'blocked',
    LIMIT_PER_PARAMETER: 'changed',
  },
  *find(view) {
    for (const { plugin, stage, apis, about } of eachPlugin(view, (type) => type === 'trafficControl')) {
      const { body } = plugin;
      const source = { kind: 'plugin', id: plugin.id, name: plugin.name } as const;
      const unit = textIn(body, 'unit')?.toUpperCase() ?? 'SECOND';
      yield* limitItems(
        { source, stage, apis },
        {
          unit,
          perApi: numberIn(body, 'apiDefault'),
          perUser: numberIn(body, 'userDefault'),
          perApp: numberIn(body, 'appDefault'),
          special: membersOf(body, 'specials').length,
        },
      );
      if (membersOf(body, 'limits').length > 0 || membersOf(body, 'parameters').length > 0) {
        yield say.changed('LIMIT_PER_PARAMETER', about, {
          target: 'plug-in cluster-key-rate-limit (needs Redis), or key-rate-limit',
          affects: ['callers'],
          who: 'platform',
          message: `${title(plugin)} limits calls by parameters. RateLimit does not: a plug-in of the market does.`,
          remedy: 'Install the plug-in on the target, and set its limits.',
        });
      }
    }
  },
};

const ipControl: HandoverRule = {
  id: 'plugin/ip-control',
  classic: 'the plug-in `ipControl`',
  apig: 'IpAccessControl; none for entries that hold for one app',
  codes: { IP_CONTROL_KEPT: 'exact', IP_CONTROL_OF_APP: 'blocked' },
  *find(view) {
    for (const { plugin, about } of eachPlugin(view, (type) => type === 'ipControl')) {
      const items = membersOf(plugin.body, 'items');
      // What is reported as unknown may decide otherwise.
      if (attributesNotRead(plugin).length === 0) {
        yield say.exact('IP_CONTROL_KEPT', about, {
          target: `policy IpAccessControl, ${/^refuse$/i.test(textIn(plugin.body, 'type') ?? '') ? 'refuses' : 'allows'}`,
          message: `${title(plugin)} decides by the address of the caller; IpAccessControl does the same.`,
        });
      }
      if (items.some((item) => textIn(item, 'appId') !== undefined || numberIn(item, 'appId') !== undefined)) {
        yield say.blocked('IP_CONTROL_OF_APP', about, {
          affects: ['callers'],
          who: 'platform',
          message: `${title(plugin)} has entries that hold for calls of one app only. IpAccessControl does not know apps.`,
          remedy: 'Write entries that hold for all apps. A waiver leaves these entries out.',
        });
      }
    }
  },
};

const routing: HandoverRule = {
  id: 'plugin/routing',
  classic: 'the plug-in `routing`',
  apig: 'several routes with matches of headers and query; none for other conditions',
  codes: { ROUTING_ROUTES: 'changed', ROUTING_CONDITION: 'blocked' },
  *find(view) {
    for (const { plugin, about } of eachPlugin(view, (type) => type === 'routing'))
      yield* routingItems(title(plugin), plugin.body, about);
  },
};

const transformer: HandoverRule = {
  id: 'plugin/transformer',
  classic: 'the plug-in `transformer`',
  apig: 'HeaderModify, HttpRewrite; none for bodies',
  codes: { TRANSFORM_HEADERS: 'changed', TRANSFORM_BODY: 'blocked' },
  *find(view) {
    for (const { plugin, about } of eachPlugin(view, (type) => type === 'transformer')) {
      yield hasKey(plugin.body, /body|template/i)
        ? say.blocked('TRANSFORM_BODY', about, {
            affects: ['callers', 'backend'],
            who: 'backend',
            message: `${title(plugin)} changes bodies. No policy of APIG does.`,
            remedy: 'Let the backend or the callers use the other form. A waiver means that bodies are not changed.',
          })
        : say.changed('TRANSFORM_HEADERS', about, {
            target: 'policies HeaderModify, HttpRewrite',
            affects: ['callers', 'backend'],
            who: 'platform',
            message: `${title(plugin)} changes headers and paths; the policies HeaderModify and HttpRewrite do, too. \`postern handover run\` does not create them for it.`,
            remedy:
              'Create the policies on the route after the run and before the switch, and compare what the backend gets.',
          });
    }
  },
};

const dataset: HandoverRule = {
  id: 'plugin/dataset',
  classic: 'a plug-in that reads a data set',
  apig: 'none',
  codes: { DATASET: 'blocked' },
  *find(view) {
    for (const { plugin, about } of eachPlugin(view, () => true)) {
      if (!hasKey(plugin.body, /^data-?set/i)) continue;
      yield say.blocked('DATASET', about, {
        affects: ['callers'],
        who: 'platform',
        message: `${title(plugin)} reads a data set. APIG has none [I].`,
        remedy: 'Write the values into the policy itself.',
      });
    }
  },
};

const unread: HandoverRule = {
  id: 'plugin/unread',
  classic: 'a plug-in of another type, or with a body that cannot be read',
  apig: 'undecided',
  codes: { PLUGIN_TYPE: 'unknown', PLUGIN_UNREADABLE: 'unknown' },
  *find(view) {
    for (const { plugin, about } of eachPlugin(view, () => true)) {
      const known = plugin.type in PLUGIN_ROWS || BY_BODY.has(plugin.type);
      if (!known) {
        yield unreadItem('PLUGIN_TYPE', about, `${title(plugin)} has a type without a known counterpart.`);
      } else if (plugin.body === null && BY_BODY.has(plugin.type)) {
        yield unreadItem('PLUGIN_UNREADABLE', about, `${title(plugin)} has a body that is neither YAML nor JSON.`);
      }
    }
  },
};

const BY_BODY: ReadonlySet<string> = new Set(['trafficControl', 'ipControl', 'routing', 'transformer']);

const unreadItem = (code: string, about: About, message: string): Found =>
  say.unknown(code, about, {
    affects: ['callers'],
    who: 'platform',
    message,
    remedy: 'Detach it, or waive it: a waiver leaves it out.',
  });

function hasKey(value: Json | undefined, key: RegExp): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) return value.some((one) => hasKey(one as Json, key));
  return Object.entries(value).some(([name, member]) => key.test(name) || hasKey(member as Json, key));
}

export const pluginRules: readonly HandoverRule[] = [
  ofType('cors', 'plugin/cors', 'the plug-in `cors`', 'the policy Cors, with other keys'),
  ipControl,
  ofType('jwtAuth', 'plugin/jwt', 'the plug-in `jwtAuth`', 'a consumer with JWT; claims become headers'),
  ofType('basicAuth', 'plugin/basic-auth', 'the plug-in `basicAuth`', 'the plug-in basic-auth'),
  trafficControl,
  ofType('circuitBreaker', 'plugin/circuit-breaker', 'the plug-in `circuitBreaker`', 'CircuitBreaker'),
  ofType('remoteAuth', 'plugin/remote-auth', 'the plug-in `remoteAuth`', 'ExternalZAuth of the whole gateway'),
  ofType(
    'errorMapping',
    'plugin/error-mapping',
    'the plug-in `errorMapping`',
    'custom-response and Fallback: status codes only',
  ),
  transformer,
  routing,
  ofType('backendSignature', 'plugin/backend-signature', 'the plug-in `backendSignature`', 'none'),
  ofType('caching', 'plugin/caching', 'the plug-in `caching`', 'none'),
  ofType('logMask', 'plugin/log-mask', 'the plug-in `logMask`', 'none'),
  ofType(
    'accessControl',
    'plugin/access-control',
    'the plug-in `accessControl`',
    'the plug-in param-access-control, which a run does not install',
  ),
  dataset,
  unread,
];
