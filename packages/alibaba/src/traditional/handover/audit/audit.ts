import { bracedPath, fullPath, isGreedy, routeMatch } from '../mapping/route-match.js';
import type { HandoverSource, SourceDomain } from '../source/source.js';
import type { SourceObject } from '../assess/assessment.js';
import { compare, viewOf, type Published } from '../assess/view.js';
import type { TargetApi, TargetDomain, TargetEntry, TargetState } from './target-state.js';
import { documentText, item, line, type Item, type Section } from '@postern/core/internal/cloud';

/** The version of the structure of {@link Audit}. */
export const AUDIT_VERSION = 1;

/**
 * What became of something: it is there as it should be; something of its name was there before, and was kept as it was; it was left
 * out because of the type of the HTTP API; it is not there; it is there and does not serve; or it cannot be compared.
 */
export type AuditVerdict = 'carried' | 'reused' | 'skipped' | 'lost' | 'unpublished' | 'unknown';

/** One line of an audit. */
export interface AuditItem {
  readonly verdict: AuditVerdict;
  readonly code: string;
  readonly source: SourceObject;
  readonly message: string;
  readonly remedy?: string | undefined;
}

/** What a hand-over did, by both sides. Plain JSON. */
export interface Audit {
  readonly version: typeof AUDIT_VERSION;
  readonly group: { readonly id: string; readonly name: string };
  readonly stage: string;
  readonly gateway: string;
  /** Whether everything is carried over, or cannot be compared. */
  readonly complete: boolean;
  readonly items: readonly AuditItem[];
}

/**
 * Compares one stage of a group with what is on its target. Pure. The provider's own tool reuses domains, consumers, certificates and
 * IP policies of the same name unchanged, and skips APIs with the method ANY or a greedy path where the type is Rest; it reports
 * neither by an operation.
 * @see https://help.aliyun.com/zh/api-gateway/traditional-api-gateway/use-cases/common-problems-and-troubleshooting
 */
export function audit(source: HandoverSource, stage: string, target: TargetState): Audit {
  const view = viewOf({ source, targets: [target.gateway], now: Date.parse(source.takenAt) });
  const published = view.stages.get(stage) ?? [];
  const apps = new Set(published.flatMap(({ api }) => view.authorized(api.id, stage).map(({ appId }) => appId)));
  const items = [
    ...published.map((one) => apiItem(one, target.apis)),
    ...source.group.domains
      .filter((one) => one.stage === undefined || one.stage === stage)
      .map((one) => domainItem(one, target.domains)),
    ...[...apps].toSorted(compare).map((id) => consumerItem(id, source, target)),
    ...source.plugins.flatMap(({ id, name, type, uses }): readonly AuditItem[] =>
      view.reached(uses).has(stage)
        ? [
            {
              verdict: 'unknown',
              code: 'PLUGIN_NOT_COMPARED',
              source: { kind: 'plugin', id, name },
              message: `The plug-in ${name} (${type}) has no object of its name on the target. A state of an API says nothing about its plug-ins.`,
              remedy: 'Call an API that it applies to on both sides.',
            },
          ]
        : [],
    ),
  ];
  const { id, name } = source.group;
  return {
    version: AUDIT_VERSION,
    group: { id, name },
    stage,
    gateway: target.gateway.id,
    complete: items.every(({ verdict }) => verdict === 'carried' || verdict === 'unknown'),
    items,
  };
}

function apiItem(one: Published, apis: readonly TargetApi[]): AuditItem {
  const { api, method, path } = one;
  const about = { source: { kind: 'api', id: api.id, name: api.name } } as const;
  const key = `${method} ${path}`;
  const found = apis.flatMap((target) =>
    target.entries.filter((entry) => serves(entry, target, one)).map((entry) => ({ target, entry })),
  );
  const [first] = found;
  if (first === undefined) {
    const rest = apis.find(({ type }) => /^rest$/i.test(type));
    return rest !== undefined && (method === 'ANY' || isGreedy(path))
      ? {
          ...about,
          verdict: 'skipped',
          code: 'API_SKIPPED',
          message: `${key} (${api.name}) is not on the target. The HTTP API ${rest.name} has the type Rest, and the tool skips APIs with ANY or /* there.`,
          remedy: 'Hand the group over with the type Http, or create a route for it.',
        }
      : {
          ...about,
          verdict: 'lost',
          code: 'API_LOST',
          message: `${key} (${api.name}) is not on the target. An API of the same name and type that was there before is a reason: the tool then skips the one of the group.`,
          remedy: 'Create a route for it, or run the tool again with updates of APIs allowed.',
        };
  }
  if (found.every(({ entry }) => entry.deployed === false)) {
    return {
      ...about,
      verdict: 'unpublished',
      code: 'ROUTE_NOT_DEPLOYED',
      message: `${key} (${api.name}) is the route ${first.entry.name} of ${first.target.name}, which is not deployed, so calls get 404.`,
      remedy: 'Deploy the route.',
    };
  }

  return {
    ...about,
    verdict: 'carried',
    code: 'API_CARRIED',
    message: `${key} (${api.name}) is ${first.entry.name} of ${first.target.name}.`,
  };
}

/** Whether a route or operation serves an API: the same path in one of its forms, and its method. */
function serves(
  { methods, path }: TargetEntry,
  { basePath }: TargetApi,
  { method, path: classic }: Published,
): boolean {
  const hasMethod = method === 'ANY' ? methods.length === 0 : methods.length === 0 || methods.includes(method);
  if (!hasMethod) return false;
  if (path.type === 'Operation')
    return withoutNames(fullPath(basePath, path.value)) === withoutNames(bracedPath(classic));

  return [false, true].some((asRegex) => {
    const match = routeMatch({ method, path: classic }, { asRegex });
    return match.path.type === path.type && match.path.value.replace(/\/$/, '') === path.value.replace(/\/$/, '');
  });
}

/** Names of parameters may differ. */
const withoutNames = (path: string): string => path.replace(/\{[^{}]*\}/g, '{}');

function domainItem(
  { name, certificate, redirectsHttp, mutualTls }: SourceDomain,
  domains: readonly TargetDomain[],
): AuditItem {
  const about = { source: { kind: 'domain', id: name, name } } as const;
  const found = domains.find((one) => one.name === name);
  if (found === undefined) {
    return {
      ...about,
      verdict: 'lost',
      code: 'DOMAIN_LOST',
      message: `The domain ${name} is not on the target.`,
      remedy: 'Create it with its certificate before the DNS record changes.',
    };
  }

  const id = certificate?.from === 'managed' ? certificate.id : undefined;
  const differences = [
    ...(certificate !== undefined && !/^https$/i.test(found.protocol) ? [`its protocol is ${found.protocol}`] : []),
    ...(id !== undefined && found.certificate !== undefined && found.certificate.replace(/-.*$/s, '') !== id
      ? [`its certificate is ${found.certificate}, and the group uses ${id}`]
      : []),
    ...(found.forceHttps === redirectsHttp ? [] : [`forceHttps is ${String(found.forceHttps)}`]),
    ...(found.mutualTls === mutualTls ? [] : [`mutual TLS is ${found.mutualTls ? 'on' : 'off'}`]),
  ];
  return differences.length === 0
    ? { ...about, verdict: 'carried', code: 'DOMAIN_CARRIED', message: `The domain ${name} is on the target.` }
    : {
        ...about,
        verdict: 'reused',
        code: 'DOMAIN_REUSED',
        message: `The domain ${name} differs from that of the group: ${differences.join('; ')}. The tool keeps a domain that exists as it is.`,
        remedy: 'Change the domain on the target, or run the tool again with updates allowed.',
      };
}

function consumerItem(appId: string, { apps }: HandoverSource, { consumers }: TargetState): AuditItem {
  const app = apps.find(({ id }) => id === appId);
  const name = app?.name ?? appId;
  const about = { source: { kind: 'app', id: appId, name } } as const;
  const byKey = consumers.find(({ keys }) => app?.key !== undefined && keys?.includes(app.key) === true);
  if (byKey !== undefined) {
    return byKey.enabled || app?.disabled === true
      ? {
          ...about,
          verdict: 'carried',
          code: 'APP_CARRIED',
          message: `The app ${name} is the consumer ${byKey.name}, with the same key.`,
        }
      : {
          ...about,
          verdict: 'unpublished',
          code: 'CONSUMER_DISABLED',
          message: `The app ${name} is the consumer ${byKey.name}, which is disabled.`,
          remedy: 'Enable the consumer.',
        };
  }

  const byName = consumers.find((one) => one.name === name);
  if (byName === undefined) {
    return {
      ...about,
      verdict: 'lost',
      code: 'APP_LOST',
      message: `No consumer of the target has the key or the name of the app ${name}, so its callers get 401.`,
      remedy: 'Create a consumer with the key and secret of the app, and authorize it.',
    };
  }

  return byName.keys === undefined || app?.key === undefined
    ? {
        ...about,
        verdict: 'unknown',
        code: 'KEY_NOT_COMPARED',
        message: `The consumer ${byName.name} has the name of the app ${name}. Whether it has its key is not known.`,
        remedy: 'Sign one call with the key of the app.',
      }
    : {
        ...about,
        verdict: 'reused',
        code: 'CONSUMER_REUSED',
        message: `The consumer ${byName.name} has the name of the app ${name}, and another key, so its callers get 401. The tool keeps a consumer that exists as it is.`,
        remedy: 'Add the key and secret of the app to the consumer.',
      };
}

const SHOWN: readonly (readonly [AuditVerdict, string])[] = [
  ['lost', 'Lost'],
  ['skipped', 'Skipped by the type of the HTTP API'],
  ['unpublished', 'There, and does not serve'],
  ['reused', 'Reused as it was'],
  ['unknown', 'Not compared'],
];

/** An audit for people: what is missing or differs; what is carried over is counted. */
export function auditText({ group, stage, gateway, items, complete }: Audit): string {
  const carried = items.filter(({ verdict }) => verdict === 'carried').length;
  const sections = SHOWN.map(([verdict, title]): Section => {
    const own = items.filter((one) => one.verdict === verdict);
    return { heading: `${title} (${own.length})`, items: own.map(shownItem) };
  });
  return documentText({
    title: `Audit of ${group.name} (${group.id}), ${stage}, on ${gateway}`,
    level: 1,
    counts: `${carried} of ${items.length} carried over`,
    verdict: complete
      ? { look: 'pass', of: 'Nothing', text: 'is missing.' }
      : { look: 'error', of: 'Something', text: 'is missing or differs.' },
    isTitled: true,
    sections,
  });
}

function shownItem({ code, message, remedy }: AuditItem): Item {
  return { pieces: line(`${code}: ${message}`), items: remedy === undefined ? [] : [item(`→ ${remedy}`, 'remedy')] };
}
