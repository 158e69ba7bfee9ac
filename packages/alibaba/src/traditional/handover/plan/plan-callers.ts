import { defined } from '@postern/core/internal/adapter';
import { stagesOf } from '../assess/rules/domains.js';
import type { Assessment } from '../assess/assessment.js';
import { compare, type AssessView, type Published } from '../assess/view.js';
import type { SourceDomain } from '../source/source.js';
import { namesFrom } from './fingerprint.js';
import type {
  PlannedConsumer,
  PlannedDomain,
  PlannedRecord,
  PlannedRoute,
  PlannedRule,
  PlannedService,
} from './plan-values.js';

/** The apps of a stage as consumers. One whose secret cannot be read was waived, and is left out. */
export function planConsumers(
  view: AssessView,
  published: readonly Published[],
  routes: readonly PlannedRoute[],
): readonly PlannedConsumer[] {
  const nameOf = namesFrom();
  const byApi = new Map(routes.map((route) => [route.apiId, route]));
  const allowed = new Map<string, string[]>();
  for (const { api, deployment } of published) {
    const route = byApi.get(api.id);
    if (route?.signed !== true) continue;

    for (const { appId } of view.authorized(api.id, deployment.stage))
      allowed.set(appId, [...(allowed.get(appId) ?? []), route.name]);
  }
  const apps = [...allowed]
    .toSorted(([a], [b]) => compare(a, b))
    .flatMap(([appId, names]) => {
      const app = view.app(appId);
      if (app?.secret !== 'readable') return [];

      return [
        {
          name: nameOf(app.name),
          appId,
          ...defined({ key: app.key }),
          enabled: !app.disabled,
          routes: names.toSorted(),
        },
      ];
    });
  return [...apps, ...tokenConsumers(view, published, byApi, nameOf)];
}

/** Who has tokens that a plug-in checks. */
function tokenConsumers(
  view: AssessView,
  published: readonly Published[],
  routes: ReadonlyMap<string, PlannedRoute>,
  nameOf: (text: string) => string,
): readonly PlannedConsumer[] {
  const here = new Set(published);
  return view.source.plugins
    .filter(({ type }) => type === 'jwtAuth')
    .toSorted((a, b) => compare(a.id, b.id))
    .flatMap(({ id, name, uses }) => {
      const apis = [...view.reached(uses).values()].flat().filter((one) => here.has(one));
      const allowed = apis.flatMap(({ api }) => routes.get(api.id)?.name ?? []).toSorted();
      return allowed.length === 0 ? [] : [{ name: nameOf(name), pluginId: id, enabled: true, routes: allowed }];
    });
}

/** The domains of a stage. What was waived because it has no usable certificate, or is abnormal, is left out. */
export function planDomains(
  view: AssessView,
  stage: string,
  { items }: Assessment,
  certificates: Readonly<Record<string, string>>,
): readonly PlannedDomain[] {
  const left = new Set(
    items.filter(({ verdict, code }) => verdict === 'waived' && LEFT_OUT.has(code)).map(({ source }) => source.name),
  );
  return view.source.group.domains
    .filter((domain) => mainStage(view, domain) === stage && !left.has(domain.name))
    .map(({ name, certificate, redirectsHttp, mutualTls }) => {
      const id =
        certificates[name] ??
        (certificate?.from === 'managed' ? identifier(certificate.id, view.source.region) : undefined);
      return {
        name,
        protocol: certificate === undefined ? ('HTTP' as const) : ('HTTPS' as const),
        ...defined({ certificate: id }),
        forceHttps: redirectsHttp,
        mutualTls,
      };
    });
}

/** A name leads to one gateway: of a domain for all stages to that of RELEASE, which callers get who name no stage. */
function mainStage(view: AssessView, domain: SourceDomain): string | undefined {
  const stages = stagesOf(view, domain);
  return stages.find((stage) => stage === 'RELEASE') ?? stages[0];
}

const LEFT_OUT: ReadonlySet<string> = new Set(['CERTIFICATE_MISSING', 'CERTIFICATE_EXPIRED', 'DOMAIN_ABNORMAL']);

/** `<id>-<region>`, as the service writes it. */
const identifier = (id: string, region: string): string => (/^\d+$/.test(id) ? `${id}-${region}` : id);

/** The change of the record of each domain. An A record collides with a CNAME of the same name, so no weights are possible. */
export function planRecords(view: AssessView, domains: readonly PlannedDomain[]): readonly PlannedRecord[] {
  const { group } = view.source;
  return domains.map(({ name }) => {
    const byCname = group.domains.find((one) => one.name === name)?.byCname === true;
    return {
      name,
      from: byCname ? { type: 'CNAME', ...defined({ value: group.subDomain }) } : { type: 'unknown' },
      to: { type: 'CNAME', valueOf: 'gateway' },
      weights: byCname,
    };
  });
}

/** One rule for each group of a backend and port: it admits the managed group of the gateway. */
export function planRules(
  view: AssessView,
  stage: string,
  services: readonly PlannedService[],
): readonly PlannedRule[] {
  const rules = new Map<string, PlannedRule>();
  for (const { from } of services) {
    const access = from === undefined ? undefined : view.access(from.access);
    if (access?.resolved.is !== 'found') continue;

    for (const groupId of access.resolved.groupIds) {
      const ports = `${access.port}/${access.port}`;
      const description = `postern ${view.source.group.id} ${stage} ${groupId} ${access.port}`;
      rules.set(`${groupId} ${ports}`, { groupId, ports, description });
    }
  }
  return [...rules.values()].toSorted((a, b) => compare(a.description, b.description));
}
